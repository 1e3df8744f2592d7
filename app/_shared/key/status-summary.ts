import { countOf, formatCount, formatInstant, formatSeconds, plural } from '#lib/byok/format.ts';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { aliasIn, capital, serviceName } from '#lib/byok/providers.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import { isOpen, leftElsewhere, leftToMove, standingOf } from '../transitions/transition-words.ts';
import { unreadableSentence } from './unreadable-words.ts';

/** A piece of a sentence; the strong pieces are what the eye should find. */
export type Piece = { text: string; strong?: true };

/** What the sentence needs to know beside the key itself. */
export type Surroundings = {
  appsTotal: number;
  /** How long a copy may serve after the key has been taken away. */
  cacheTtlSeconds: number;
  /** How long leased copies serve yet, whatever happens. */
  leasesServeSeconds?: number;
  timeZone?: string;
};

/**
 * The one sentence that says what is true of this key now. It never promises more than what holds: while something of
 * what was stored still has to move it speaks of new data only, and a key that refuses is not called protected "if you
 * disable it".
 */
export function statusSummary(key: KeySummary, around: Surroundings): Piece[] {
  const lost = unreadableSentence(key);
  return lost === '' ? standing(key, around) : [...standing(key, around), { text: lost, strong: true }];
}

function standing(key: KeySummary, around: Surroundings): Piece[] {
  switch (key.status) {
    case 'draft':
      return draft;
    case 'scheduled':
      return scheduled(key, around);
    case 'activating':
      return key.appsUnderKey === 0 ? aboutToBegin(key) : moving(key, around);
    case 'active':
    case 'rotating':
      return isOpen(key.transition) && leftElsewhere(key.transition) ? moving(key, around) : active(key, around);
    case 'reverting':
      return returning(key);
    case 'reverted':
      return reverted(key);
  }
}

/** What people call this key: the name at its provider if it was given by one, else the alias they gave it here. */
export function keyName({
  provider,
  keyRef,
  alias,
}: {
  provider: string;
  keyRef: string | null;
  alias: string;
}): string {
  return (keyRef !== null && aliasIn(provider, keyRef)) || alias;
}

/** Whether anything still needs the key: on the way back new data no longer does, older data keys do. */
export function isNeeded(key: Pick<KeySummary, 'appsUnderKey' | 'state'>): boolean {
  return key.appsUnderKey > 0 || key.state === 'reverting';
}

/** "11 of 12" */
export function shareOf(count: number, total: number): string {
  return `${formatCount(count)} of ${formatCount(total)}`;
}

const draft: Piece[] = [
  { text: 'Nothing is encrypted under this key yet.', strong: true },
  { text: ' It is a draft; your data stays as protected as it was.' },
];

function scheduled(key: KeySummary, around: Surroundings): Piece[] {
  return [
    { text: shareOf(key.appsSelected, around.appsTotal), strong: true },
    { text: ' apps and bots will be encrypted under your key ' },
    { text: keyName(key), strong: true },
    ...(key.enforcementAt
      ? [{ text: ' from ' }, { text: formatInstant(key.enforcementAt, around.timeZone), strong: true as const }]
      : []),
    { text: '. Until then the platform key protects them.' },
    ...notConnected(key),
  ];
}

function aboutToBegin(key: KeySummary): Piece[] {
  return [
    { text: 'The enforcement date has come, and ' },
    { text: countOf(key.appsSelected, 'app or bot', 'apps and bots'), strong: true },
    { text: ` ${plural(key.appsSelected, 'is', 'are')} about to move to your key ` },
    { text: keyName(key), strong: true },
    { text: '. Until the move the platform key protects them.' },
    ...notConnected(key),
  ];
}

function notConnected({ unknownConnection: unknown }: KeySummary): Piece[] {
  if (!unknown) return [];
  return [
    { text: ' This version of Keyward does not know how the key is connected, so nothing moves to it.', strong: true },
  ];
}

function moving(key: KeySummary, around: Surroundings): Piece[] {
  return [
    { text: 'New data of ' },
    { text: shareOf(key.appsUnderKey, around.appsTotal), strong: true },
    { text: ' apps and bots is encrypted under ' },
    ...(key.transition?.kind === 'rotate' && key.versionNumber !== null
      ? [{ text: `version ${formatCount(key.versionNumber)}`, strong: true as const }, { text: ' of ' }]
      : []),
    { text: 'your key ' },
    { text: keyName(key), strong: true },
    { text: `. ${key.transition ? restSentence(key.transition) : ''}` },
    ...unwell(key),
  ];
}

const unknownConnection: Piece = {
  text: ' This version of Keyward does not know how the key is connected: what lies under it cannot be read.',
  strong: true,
};

function unwell(key: KeySummary): Piece[] {
  if (key.unknownConnection) return [unknownConnection];
  switch (key.health?.state) {
    case 'revoked':
      return [{ text: ' It refuses us just now: what lies under it cannot be read.', strong: true }];
    case 'outage':
      return [
        {
          text: ` ${capital(serviceName(key.provider))} does not answer just now, so that reading and writing may be refused until it does.`,
        },
      ];
    default:
      return [];
  }
}

/** What of before has not moved, and why not. */
function restSentence(transition: TransitionView): string {
  const left = leftElsewhere(transition);
  const are = left ? plural(left.count, 'is', 'are') : 'is';
  const source = transition.kind === 'rotate' ? 'the version before' : 'before';
  const what = left ? `${left.text} from ${source}` : 'What was stored before';
  const where = whereTo[transition.kind];
  switch (standingOf(transition)) {
    case 'paused':
      return `${what} ${are} not moving ${where}: that is paused.`;
    case 'incomplete': {
      // As the notice counts that tells why.
      const failed = leftElsewhere({
        ...transition,
        dataKeys: { ...transition.dataKeys, left: 0 },
        records: { ...transition.records, left: 0 },
      });
      return `${failed ? `${failed.text} from ${source}` : what} could not be moved ${where} yet.`;
    }
    default:
      return `${what} ${are} still being moved ${where}.`;
  }
}

const whereTo = {
  activate: 'to it',
  rotate: 'to it',
  'select-apps': 'to what its app belongs to now',
  revert: 'back',
  rekey: 'to it',
} as const satisfies Record<TransitionView['kind'], string>;

function returning(key: KeySummary): Piece[] {
  const left = key.transition ? leftToMove(key.transition) : null;
  return [
    { text: 'New data is encrypted under the ' },
    { text: 'platform key', strong: true },
    { text: ' again: the vendor can read it without you. ' },
    ...(left
      ? [
          { text: left.text, strong: true as const },
          { text: ` still ${plural(left.count, 'needs', 'need')} your key ` },
        ]
      : [{ text: 'The last steps still need your key ' }]),
    { text: keyName(key), strong: true },
    { text: '. Keep it enabled until this has ended.' },
  ];
}

function reverted(key: KeySummary): Piece[] {
  const { transition } = key;
  const apps = transition?.kind === 'revert' && transition.startedAt ? transition.apps.total : 0;
  return [
    { text: 'This key was reverted and protects nothing any more.', strong: true },
    {
      text:
        apps === 0
          ? ' No data lies under it.'
          : ` ${countOf(apps, 'app or bot', 'apps and bots')} went back to the platform key.`,
    },
  ];
}

function active(key: KeySummary, around: Surroundings): Piece[] {
  const start: Piece[] = [
    { text: shareOf(key.appsUnderKey, around.appsTotal), strong: true },
    { text: ' apps and bots are encrypted under your key ' },
    { text: keyName(key), strong: true },
  ];
  if (key.unknownConnection) return [...start, { text: '.' }, unknownConnection];
  switch (key.health?.state) {
    case 'revoked':
      return [...start, { text: '. It refuses us: ' }, ...unreadable(around.leasesServeSeconds ?? 0)];
    case 'outage':
      return [
        ...start,
        {
          text: `. ${capital(serviceName(key.provider))} does not answer just now, so they may be unreadable until it does.`,
        },
      ];
    default:
      return [...start, ...ifDisabled(around.cacheTtlSeconds)];
  }
}

/** A service that has leased a data key keeps it until the lease ends. */
function unreadable(leasesServeSeconds: number): Piece[] {
  if (leasesServeSeconds === 0) return [{ text: 'nobody at the vendor can read them now.', strong: true }];
  return [
    { text: `nobody at the vendor can read them in ${formatSeconds(leasesServeSeconds)}`, strong: true },
    { text: ', when the last data key that a service has leased is used up.' },
  ];
}

function ifDisabled(ttlSeconds: number): Piece[] {
  const start = { text: '. If you disable it, nobody at the vendor can read them ' };
  return ttlSeconds === 0
    ? [start, { text: 'from the next read on', strong: true }, { text: '.' }]
    : [start, { text: formatSeconds(ttlSeconds), strong: true }, { text: ' later.' }];
}

import { countOf, formatCount, formatInstant, formatSeconds, plural } from '#lib/byok/format.ts';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { capital, serviceName } from '#lib/byok/providers.ts';
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
 * What is true of this key now: its state, what moves, and what cannot be read. It never promises more than what holds: while
 * something of what was stored still has to move it speaks of new data only, and a key that refuses is not called protected "if you
 * disable it".
 */
export function statusSummary(key: KeySummary, around: Surroundings): Piece[] {
  const lost = unreadableSentence(key);
  const pieces = [...movement(key), ...standing(key, around)];
  return lost === '' ? pieces : [...pieces, strong(lost)];
}

/** Whether anything still needs the key: on the way back new data no longer does, older data keys do. */
export function isNeeded(key: Pick<KeySummary, 'appsUnderKey' | 'state'>): boolean {
  return key.appsUnderKey > 0 || key.state === 'reverting';
}

/** Whether the key was taken away, and something needs it. It takes the place of the state's word. */
export function isRevoked(key: Pick<KeySummary, 'appsUnderKey' | 'state' | 'health'>): boolean {
  return key.health?.state === 'revoked' && isNeeded(key);
}

/** "11 of 12" */
export function shareOf(count: number, total: number): string {
  return `${formatCount(count)} of ${formatCount(total)}`;
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

const draft: Piece[] = [
  strong('No data is encrypted with this key yet.'),
  { text: ' It is a draft, and your data’s protection has not changed.' },
];

/** What moves, named whatever the badge says: "Revoked" takes the place of "Rotating" there. */
function movement(key: KeySummary): Piece[] {
  const { transition } = key;
  const paused = transition && standingOf(transition) === 'paused' ? ', paused' : '';
  switch (key.status) {
    case 'activating':
      return key.appsUnderKey === 0 ? [] : [strong(`Activating${paused}.`), { text: ' ' }];
    case 'rotating':
      return [strong(`Rotating${toVersion(key)}${paused}.`), { text: ' ' }];
    case 'reverting':
      return [strong(`Reverting to the platform key${paused}.`), { text: ' ' }];
    default:
      return transition?.kind === 'select-apps' && isOpen(transition) && leftElsewhere(transition)
        ? [strong(`Changing apps${paused}.`), { text: ' ' }]
        : [];
  }
}

function toVersion({ versionNumber }: KeySummary): string {
  return versionNumber === null ? '' : ` to version ${formatCount(versionNumber)}`;
}

function scheduled(key: KeySummary, around: Surroundings): Piece[] {
  return [
    strong(`${shareOf(key.appsSelected, around.appsTotal)} apps and bots`),
    { text: ' will use your key' },
    ...(key.enforcementAt ? [{ text: ' from ' }, strong(formatInstant(key.enforcementAt, around.timeZone))] : []),
    { text: '. Until then the platform key protects them.' },
    ...notConnected(key),
  ];
}

function aboutToBegin(key: KeySummary): Piece[] {
  return [
    { text: 'The enforcement date has come, and ' },
    strong(countOf(key.appsSelected, 'app or bot', 'apps and bots')),
    {
      text: ` ${plural(key.appsSelected, 'is', 'are')} about to move to your key. Until then the platform key protects `,
    },
    { text: `${plural(key.appsSelected, 'it', 'them')}.` },
    ...notConnected(key),
  ];
}

function notConnected({ unknownConnection: unknown }: KeySummary): Piece[] {
  if (!unknown) return [];
  return [strong(' This version of Keyward does not know how the key is connected, so nothing moves to it.')];
}

function moving(key: KeySummary, around: Surroundings): Piece[] {
  return [
    { text: 'New data of ' },
    strong(`${shareOf(key.appsUnderKey, around.appsTotal)} apps and bots`),
    { text: key.transition?.kind === 'rotate' ? ' uses it. ' : ' uses your key. ' },
    { text: key.transition ? restSentence(key.transition) : '' },
    ...unwell(key),
  ];
}

const unknownConnection = strong(
  ' This version of Keyward does not know how the key is connected. Its data cannot be read.',
);

function unwell(key: KeySummary): Piece[] {
  if (key.unknownConnection) return [unknownConnection];
  switch (key.health?.state) {
    case 'revoked':
      return [strong(' Access to the key was denied: data under it cannot be read.')];
    case 'outage':
      return [
        {
          text: ` ${capital(serviceName(key.provider))} does not answer: reading and writing may be refused until it does.`,
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
  const source = transition.kind === 'rotate' ? 'the previous version' : 'before';
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
  'select-apps': 'to its app’s new key',
  revert: 'back',
  rekey: 'to it',
} as const satisfies Record<TransitionView['kind'], string>;

function returning(key: KeySummary): Piece[] {
  const left = key.transition ? leftToMove(key.transition) : null;
  return [
    { text: 'New data uses the platform key again: the vendor can read it without you. ' },
    ...(left
      ? [strong(left.text), { text: ` still ${plural(left.count, 'needs', 'need')} your key.` }]
      : [{ text: 'The last steps still need your key.' }]),
    { text: ' Keep it enabled until this has finished.' },
    ...unwell(key),
  ];
}

function reverted(key: KeySummary): Piece[] {
  const { transition } = key;
  const apps = transition?.kind === 'revert' && transition.startedAt ? transition.apps.total : 0;
  return [
    strong('This key is no longer used.'),
    {
      text:
        apps === 0
          ? ' No data uses it.'
          : ` ${countOf(apps, 'app or bot is', 'apps and bots are')} back on the platform key.`,
    },
  ];
}

function active(key: KeySummary, around: Surroundings): Piece[] {
  const apps = strong(`${shareOf(key.appsUnderKey, around.appsTotal)} apps and bots`);
  const use: Piece[] = [apps, { text: ' use your key.' }];
  const service = serviceName(key.provider);
  if (key.unknownConnection) return [...use, unknownConnection];
  switch (key.health?.state) {
    case 'revoked':
      return [apps, ...unreadable(around.leasesServeSeconds ?? 0)];
    case 'outage':
      return [...use, { text: ` ${capital(service)} does not answer: their data may be unreadable until it does.` }];
    default:
      return [...use, ...ifDisabled(around.cacheTtlSeconds, service)];
  }
}

/** A service that has leased a data key keeps it until the lease ends. */
function unreadable(leasesServeSeconds: number): Piece[] {
  const back = { text: ' Your data stays encrypted, and they work again once the key does.' };
  if (leasesServeSeconds === 0) return [{ text: ' cannot read or write data.' }, back];
  return [
    { text: ' cannot read or write data here. A service may still use a leased data key for ' },
    strong(formatSeconds(leasesServeSeconds)),
    { text: '.' },
    back,
  ];
}

function ifDisabled(ttlSeconds: number, service: string): Piece[] {
  const start = { text: ` If you disable it in ${service}, their data is unreadable ` };
  return ttlSeconds === 0
    ? [start, strong('from the next read on'), { text: '.' }]
    : [start, { text: 'within ' }, strong(formatSeconds(ttlSeconds)), { text: '.' }];
}

function strong(text: string): Piece {
  return { text, strong: true };
}

import type { KeySummary } from '#lib/byok/views.ts';
import { countOf, formatCount, formatInstant, formatSeconds } from './format.ts';

/** A piece of a sentence; the strong pieces are what the eye should find. */
export type Piece = { text: string; strong?: true };

/** What the sentence needs to know beside the key itself. */
export type Surroundings = { appsTotal: number; cacheTtlSeconds: number; timeZone?: string };

/**
 * The one sentence that says what is true of this key now. It never promises more than what holds: while records are
 * still moving it speaks of new data only, and a key that refuses is not called protected "if you disable it".
 */
export function sentenceOfTruth(key: KeySummary, around: Surroundings): Piece[] {
  switch (key.status) {
    case 'Draft':
      return draft;
    case 'Scheduled':
      return scheduled(key, around);
    case 'Activating':
      return key.appsUnderKey === 0 ? aboutToBegin(key) : moving(key, around);
    case 'Reverted':
      return [{ text: 'This key was reverted and protects nothing any more.' }];
    case 'Active':
    case 'Rotating':
    case 'Reverting':
      return inForce(key, around);
  }
}

/** What people call this key: the alias in AWS if one was given, else the alias they gave it here. */
export function keyName(key: { keyArn: string | null; alias: string }): string {
  const awsAlias = /:(alias\/.+)$/.exec(key.keyArn ?? '')?.[1];
  return awsAlias ?? key.alias;
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
  ];
}

function aboutToBegin(key: KeySummary): Piece[] {
  return [
    { text: 'The enforcement date has come, and ' },
    { text: countOf(key.appsSelected, 'app or bot', 'apps and bots'), strong: true },
    { text: key.appsSelected === 1 ? ' is about to move to your key ' : ' are about to move to your key ' },
    { text: keyName(key), strong: true },
    { text: '. Until the move the platform key protects them.' },
  ];
}

function moving(key: KeySummary, around: Surroundings): Piece[] {
  const left = recordsLeft(key);
  return [
    { text: 'New data of ' },
    { text: shareOf(key.appsUnderKey, around.appsTotal), strong: true },
    { text: ' apps and bots is encrypted under your key ' },
    { text: keyName(key), strong: true },
    { text: left > 0 ? `. ${countOf(left, 'stored record')} from before ` : '. What was stored before ' },
    { text: left === 1 || left === 0 ? 'is still being moved to it.' : 'are still being moved to it.' },
    ...(key.health?.state === 'revoked'
      ? [{ text: ' It refuses us just now: what lies under it cannot be read.', strong: true as const }]
      : []),
  ];
}

function inForce(key: KeySummary, around: Surroundings): Piece[] {
  const start: Piece[] = [
    { text: shareOf(key.appsUnderKey, around.appsTotal), strong: true },
    { text: ' apps and bots are encrypted under your key ' },
    { text: keyName(key), strong: true },
  ];
  switch (key.health?.state) {
    case 'revoked':
      return [
        ...start,
        { text: '. It refuses us: ' },
        { text: 'nobody at the vendor can read them now.', strong: true },
      ];
    case 'outage':
      return [...start, { text: '. AWS does not answer just now, so they may be unreadable until it does.' }];
    default:
      return [...start, ...ifDisabled(around.cacheTtlSeconds)];
  }
}

function ifDisabled(ttlSeconds: number): Piece[] {
  const start = { text: '. If you disable it, nobody at the vendor can read them ' };
  return ttlSeconds === 0
    ? [start, { text: 'from the next read on', strong: true }, { text: '.' }]
    : [start, { text: formatSeconds(ttlSeconds), strong: true }, { text: ' later.' }];
}

function recordsLeft(key: KeySummary): number {
  return key.move ? key.move.records.left + key.move.records.failed : 0;
}

import 'server-only';
import { createHmac } from 'node:crypto';
import { countOf, plural } from '../byok/format.ts';
import type { CountRule } from '../db/sign-in-count-store.ts';
import { derivedKey } from './derived-key.ts';

const minute = 60;
const day = 24 * 60 * minute;

/** A mistyped password costs nothing; from the sixth on each costs twice the wait of the one before. */
const growing = { freeFailures: 5, firstDelaySeconds: 2, longestDelaySeconds: 15 * minute };

/** From one source, over all accounts: an office behind one address mistypes less in an hour. */
export const failuresPerSource = { most: 100, seconds: 60 * minute };
/** Of one account, in all browsers that are strangers to it together; of one that is known, in itself. */
export const failuresPerDay = 100;

/**
 * What a try is counted by, all in PostgreSQL, so for all processes together, and before any password is compared. A browser
 * in which this account has signed in before is counted by itself alone: what strangers do never delays it. The address that
 * was typed is nowhere to be read, since people type passwords there.
 */
export function signInRules(attempt: { address: string; source: string; device: string | undefined }): CountRule[] {
  if (attempt.device !== undefined) {
    return [
      { key: `device ${attempt.device}`, ends: day, ...growing },
      { key: `device-day ${attempt.device}`, ends: 'day', most: failuresPerDay },
    ];
  }
  const account = createHmac('sha256', derivedKey('sign-in counts')).update(attempt.address).digest('base64url');
  return [
    { key: `account-source ${account} ${attempt.source}`, ends: day, ...growing },
    { key: `source ${attempt.source}`, ends: failuresPerSource.seconds, most: failuresPerSource.most },
    { key: `account-day ${account}`, ends: 'day', most: failuresPerDay },
  ];
}

/** Whoever has taken over a session could guess its person's password in it: counted by the session, as a sign-in is. */
export function passwordChangeRules(sessionHash: Uint8Array): CountRule[] {
  const session = Buffer.from(sessionHash).toString('base64url');
  return [
    { key: `change-password ${session}`, ends: day, ...growing },
    { key: `change-password-day ${session}`, ends: 'day', most: failuresPerDay },
  ];
}

/** For a sentence: "Try again in 12 seconds." Rounded up, so that nobody comes too soon. */
export function waitWords(seconds: number): string {
  if (seconds < 120) return plural(seconds, 'in a second', `in ${countOf(seconds, 'second')}`);
  const minutes = Math.ceil(seconds / minute);
  return `in ${minutes < 120 ? countOf(minutes, 'minute') : countOf(Math.ceil(minutes / 60), 'hour')}`;
}

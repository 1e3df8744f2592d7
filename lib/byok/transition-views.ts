/** What screens show of transitions, under way and planned: plain data, safe to send to the browser of whoever may call the operation. Instants are ISO 8601 in UTC. */
import type { ErrorCode } from './errors.ts';

export type TransitionKind = 'activate' | 'rotate' | 'select-apps' | 'revert' | 'rekey';

/** At every moment total = done + failed + left. */
export type Progress = { total: number; done: number; failed: number; left: number };

/**
 * The way of some apps to the wrapping that they belong to from now on. While an activation is testing nothing has moved.
 * Over when `finishedAt` is set; `triedAt` without it: it is incomplete, and what is missing is tried again at `nextTryAt`.
 */
export type TransitionView = {
  id: string;
  kind: TransitionKind;
  phase: 'testing' | 'switching' | 'rewrapping' | 'reencrypting' | 'done';
  requestedBy: string;
  dueAt: string;
  attempts: number;
  /** Set while the last try failed. */
  failure: { code: ErrorCode; detail: string } | null;
  nextTryAt: string | null;
  paused: { at: string; by: string } | null;
  /** Apps with their fresh data key, of those concerned. */
  apps: { total: number; done: number };
  /** Older data keys, on their way to the wrapping that their app belongs to. */
  dataKeys: Progress;
  /** Stored records of apps that are re-encrypted. */
  records: Progress;
  /** Data keys that could not be moved: the first 20. */
  failures: {
    dataKeyId: string;
    appName: string;
    code: ErrorCode;
    detail: string;
    attempts: number;
    lastAt: string;
  }[];
  startedAt: string | null;
  triedAt: string | null;
  finishedAt: string | null;
};

/** What a command would do, without doing it. */
export type PlanView = {
  apps: number;
  appsAdded: number;
  appsRemoved: number;
  freshDataKeys: number;
  dataKeysToRewrap: number;
  records: number;
  recordsToReencrypt: number;
  kmsCalls: { generate: number; encrypt: number; decrypt: number; total: number };
  seconds: { low: number; high: number };
  /** What the times rest on, in one sentence. */
  assumption: string;
  /** Whose calls these are; null where they are of several, or of none. */
  provider: string | null;
  /** Null where their provider does not say. */
  costUsd: number | null;
  /** What a KMS request costs, with its source, in one sentence. */
  price: string;
  /** Why the command would be refused now; null when it would not. */
  refusal: string | null;
};

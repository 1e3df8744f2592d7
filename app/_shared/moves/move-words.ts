import { countOf, formatCount } from '#lib/byok/format.ts';
import type { MoveKind, MoveView } from '#lib/byok/move-views.ts';

/** What a move is called, and how it begins a sentence. */
export const moveWords = {
  activate: { name: 'Activation', doing: 'Activating', stuck: 'Activation failed' },
  rotate: { name: 'Rotation', doing: 'Rotating', stuck: 'The rotation is stuck' },
  'select-apps': { name: 'Change of apps', doing: 'Changing apps', stuck: 'The change of apps is stuck' },
  revert: {
    name: 'Return to the platform key',
    doing: 'Reverting',
    stuck: 'The return to the platform key is stuck',
  },
  rekey: { name: 'Rekey', doing: 'Rekeying', stuck: 'The rekey is stuck' },
} as const satisfies Record<MoveKind, { name: string; doing: string; stuck: string }>;

/**
 * How a move stands. `waiting`: its time has not come. `stuck`: its last try failed. `behind`: all of it was tried and
 * something could not be moved, which is tried again.
 */
export type MoveStanding = 'waiting' | 'running' | 'paused' | 'stuck' | 'behind' | 'over';

export function standingOf(move: MoveView): MoveStanding {
  if (move.finishedAt) return 'over';
  if (move.paused) return 'paused';
  if (move.failure) return 'stuck';
  if (move.triedAt && failedCount(move) > 0) return 'behind';
  return move.startedAt || move.phase !== 'testing' ? 'running' : 'waiting';
}

/** A move that has begun and is not over: something of what was stored may still lie where it lay before. */
export function isOpen(move: MoveView | null): move is MoveView {
  return move !== null && move.finishedAt === null && move.startedAt !== null;
}

/** Data keys and records that could not be moved when they were last tried. */
export function failedCount(move: MoveView): number {
  return move.dataKeys.failed + move.records.failed;
}

/** "14 older data keys and 60 stored records", and how many that are; null where nothing is left. */
export function leftToMove(move: MoveView): { text: string; count: number } | null {
  const dataKeys = move.dataKeys.left + move.dataKeys.failed;
  const records = move.records.left + move.records.failed;
  const parts = [
    dataKeys > 0 ? countOf(dataKeys, 'older data key') : null,
    records > 0 ? countOf(records, 'stored record') : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : { text: parts.join(' and '), count: dataKeys + records };
}

/**
 * The same, of what still lies under something else than it is to lie under. A rotation's records are not among it: they
 * go where their data keys go, and being re-encrypted on top changes nothing about who can open them.
 */
export function leftElsewhere(move: MoveView): { text: string; count: number } | null {
  return leftToMove(move.kind === 'rotate' ? { ...move, records: { total: 0, done: 0, failed: 0, left: 0 } } : move);
}

/** "Rotating, 3 of 12 apps and bots" */
export function moveTitle(move: MoveView): string {
  const { doing, name } = moveWords[move.kind];
  const rotated = move.kind === 'rotate' && move.phase === 'reencrypting' && leftElsewhere(move) === null;
  if (rotated && standingOf(move) === 'running') return 'Rotated; re-encrypting stored records';
  const apps = `${formatCount(move.apps.done)} of ${countOf(move.apps.total, 'app or bot', 'apps and bots')}`;
  switch (standingOf(move)) {
    case 'over':
      return `${name} ended`;
    case 'paused':
      return `${name} paused, ${apps}`;
    case 'behind':
      return `${name}, with something left behind`;
    case 'stuck':
      return move.kind === 'activate' ? `Activation failed, ${apps}` : `${name} is stuck, ${apps}`;
    case 'waiting':
    case 'running':
      return `${doing}, ${apps}`;
  }
}

/** What the phase does, in a sentence. */
export function phaseSentence(move: MoveView): string {
  const target = targetWords[move.kind];
  switch (move.phase) {
    case 'testing':
      return 'Testing the configuration once more, before anything moves.';
    case 'switching':
      return `Making a fresh data key ${target} for each app and bot; new data uses it from the next write on.`;
    case 'rewrapping':
      return `Moving the older data keys ${target}; the data itself is not touched.`;
    case 'reencrypting':
      return 'Re-encrypting what was stored before under the fresh data keys.';
    case 'done':
      return 'Everything has moved.';
  }
}

const targetWords = {
  activate: 'under your key',
  rotate: 'under the new version',
  'select-apps': 'under the key that its app belongs to now',
  revert: 'under the platform key',
  rekey: 'under what the app belongs to',
} as const satisfies Record<MoveKind, string>;

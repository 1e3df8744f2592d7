import { countOf, formatCount } from '#lib/byok/format.ts';
import type { TransitionKind, TransitionView } from '#lib/byok/transition-views.ts';

/** What a key transition is called, and how it begins a sentence. */
export const transitionWords = {
  activate: { name: 'Activation', doing: 'Activating', stuck: 'Activation failed' },
  rotate: { name: 'Rotation', doing: 'Rotating', stuck: 'The rotation is stuck' },
  'select-apps': { name: 'Change of apps', doing: 'Changing apps', stuck: 'The change of apps is stuck' },
  revert: {
    name: 'Return to the platform key',
    doing: 'Reverting',
    stuck: 'The return to the platform key is stuck',
  },
  rekey: { name: 'Rekey', doing: 'Rekeying', stuck: 'The rekey is stuck' },
} as const satisfies Record<TransitionKind, { name: string; doing: string; stuck: string }>;

/**
 * How a key transition stands. `waiting`: its time has not come. `stuck`: its last try failed. `behind`: all of it was tried and
 * something could not be moved, which is tried again.
 */
export type TransitionStanding = 'waiting' | 'running' | 'paused' | 'stuck' | 'incomplete' | 'over';

export function standingOf(transition: TransitionView): TransitionStanding {
  if (transition.finishedAt) return 'over';
  if (transition.paused) return 'paused';
  if (transition.failure) return 'stuck';
  if (transition.triedAt && failedCount(transition) > 0) return 'incomplete';
  return transition.startedAt || transition.phase !== 'testing' ? 'running' : 'waiting';
}

/** A key transition that has begun and is not over: something of what was stored may still lie where it lay before. */
export function isOpen(transition: TransitionView | null): transition is TransitionView {
  return transition !== null && transition.finishedAt === null && transition.startedAt !== null;
}

/** Data keys and records that could not be moved when they were last tried. */
export function failedCount(transition: TransitionView): number {
  return transition.dataKeys.failed + transition.records.failed;
}

/** "14 older data keys and 60 stored records", and how many that are; null where nothing is left. */
export function leftToMove(transition: TransitionView): { text: string; count: number } | null {
  const dataKeys = transition.dataKeys.left + transition.dataKeys.failed;
  const records = transition.records.left + transition.records.failed;
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
export function leftElsewhere(transition: TransitionView): { text: string; count: number } | null {
  return leftToMove(
    transition.kind === 'rotate' ? { ...transition, records: { total: 0, done: 0, failed: 0, left: 0 } } : transition,
  );
}

/** "Rotating, 3 of 12 apps and bots" */
export function transitionTitle(transition: TransitionView): string {
  const { doing, name } = transitionWords[transition.kind];
  const rotated =
    transition.kind === 'rotate' && transition.phase === 'reencrypting' && leftElsewhere(transition) === null;
  if (rotated && standingOf(transition) === 'running') return 'Rotated; re-encrypting stored records';
  const { done, total } = transition.apps;
  // Before it has begun nothing is counted.
  const apps = total === 0 ? '' : `, ${formatCount(done)} of ${countOf(total, 'app or bot', 'apps and bots')}`;
  switch (standingOf(transition)) {
    case 'over':
      return `${name} ended`;
    case 'paused':
      return `${name} paused${apps}`;
    case 'incomplete':
      return `${name} incomplete`;
    case 'stuck':
      return transition.kind === 'activate' ? `Activation failed${apps}` : `${name} is stuck${apps}`;
    case 'waiting':
    case 'running':
      return `${doing}${apps}`;
  }
}

/** What the phase does, in a sentence. */
export function phaseSentence(transition: TransitionView): string {
  const target = targetWords[transition.kind];
  switch (transition.phase) {
    case 'testing':
      return 'Testing the configuration again before anything moves.';
    case 'switching':
      return `Making a fresh data key ${target} for each app and bot. New data uses it from the next write.`;
    case 'rewrapping':
      return `Moving the older data keys ${target}. The data itself is not changed.`;
    case 'reencrypting':
      return 'Re-encrypting stored data with the fresh data keys.';
    case 'done':
      return 'Everything has moved.';
  }
}

const targetWords = {
  activate: 'under your key',
  rotate: 'under the new version',
  'select-apps': 'under its app’s new key',
  revert: 'under the platform key',
  rekey: 'under its app’s key',
} as const satisfies Record<TransitionKind, string>;

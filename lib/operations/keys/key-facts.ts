import type { KeyState, LifecycleFacts } from '../../byok/lifecycle.ts';
import type { TransitionView } from '../../byok/transition-views.ts';
import type { TransitionRow } from '../../db/key-store.ts';

/** What the life cycle's decisions depend on beside the state. */
export function factsOf(key: Committed, transition: TransitionView | null): LifecycleFacts {
  return { moving: transition ? movingSentence(transition) : null, irreversible: isIrreversible(key) };
}

type Committed = { irreversibleAt: Date | null; tenant: { irreversibleAt: Date | null } };

/** Whether the commitment was made for this key, or for every key of its tenant. */
export function isIrreversible(key: Committed): boolean {
  return key.irreversibleAt !== null || key.tenant.irreversibleAt !== null;
}

/** From the enforcement on the apps themselves say what they belong to; until then there is only a choice. */
export function isActive(key: { state: KeyState }): boolean {
  return key.state === 'active' || key.state === 'rotating';
}

const doing = {
  activate: 'Activation',
  rotate: 'Rotation',
  'select-apps': 'A change of apps',
  revert: 'The return to the platform key',
  rekey: 'A rekey',
} as const satisfies Record<TransitionView['kind'], string>;

/**
 * A key transition whose last try failed, or that has tried everything and is incomplete, is stuck: it must not stand in
 * anybody's way.
 */
export function isUnderWay(
  transition: Pick<TransitionRow | TransitionView, 'finishedAt' | 'startedAt' | 'triedAt'> & {
    failureCode?: string | null;
    failure?: object | null;
  },
): boolean {
  const stuck = Boolean(transition.failureCode ?? transition.failure ?? transition.triedAt);
  return transition.finishedAt === null && transition.startedAt !== null && !stuck;
}

/** What runs, by whom, and how far; null where nothing does. */
function movingSentence(transition: TransitionView): string | null {
  if (!isUnderWay(transition)) return null;
  const { apps, dataKeys, records, paused } = transition;
  const far = [
    `${apps.done} of ${apps.total} apps and bots`,
    `${dataKeys.done} of ${dataKeys.total} data keys`,
    ...(records.total > 0 ? [`${records.done} of ${records.total} records`] : []),
  ].join(', ');
  const who = transition.requestedBy === 'Keyward' ? '' : `, started by ${transition.requestedBy},`;
  return paused
    ? `${doing[transition.kind]}${who} was paused by ${paused.by} at ${far}: resume it.`
    : `${doing[transition.kind]}${who} is under way: ${far} so far.`;
}

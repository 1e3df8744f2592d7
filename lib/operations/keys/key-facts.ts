import type { KeyState, LifecycleFacts } from '../../byok/lifecycle.ts';
import type { MoveView } from '../../byok/move-views.ts';
import type { MoveRow } from '../../db/key-store.ts';

/** What the life cycle's verdicts depend on beside the state. */
export function factsOf(key: Promising, move: MoveView | null): LifecycleFacts {
  return { moving: move ? movingSentence(move) : null, irreversible: isIrreversible(key) };
}

type Promising = { irreversibleAt: Date | null; tenant: { irreversibleAt: Date | null } };

/** Promised for this key, or for every key of its tenant. */
export function isIrreversible(key: Promising): boolean {
  return key.irreversibleAt !== null || key.tenant.irreversibleAt !== null;
}

/** From the enforcement on the apps themselves say what they belong to; until then there is only a choice. */
export function isInForce(key: { state: KeyState }): boolean {
  return key.state === 'active' || key.state === 'rotating';
}

const doing = {
  activate: 'Activation',
  rotate: 'Rotation',
  'select-apps': 'A change of apps',
  revert: 'The return to the platform key',
  rekey: 'A rekey',
} as const satisfies Record<MoveView['kind'], string>;

/**
 * A move whose last try failed, or that has tried everything and left something behind, is stuck: it must not stand in
 * anybody's way.
 */
export function isUnderWay(
  move: Pick<MoveRow | MoveView, 'finishedAt' | 'startedAt' | 'triedAt'> & {
    failureCode?: string | null;
    failure?: object | null;
  },
): boolean {
  const stuck = Boolean(move.failureCode ?? move.failure ?? move.triedAt);
  return move.finishedAt === null && move.startedAt !== null && !stuck;
}

/** What runs, by whom, and how far; null where nothing does. */
function movingSentence(move: MoveView): string | null {
  if (!isUnderWay(move)) return null;
  const { apps, dataKeys, records, paused } = move;
  const far = [
    `${apps.done} of ${apps.total} apps and bots`,
    `${dataKeys.done} of ${dataKeys.total} data keys`,
    ...(records.total > 0 ? [`${records.done} of ${records.total} records`] : []),
  ].join(', ');
  const who = move.requestedBy === 'Keyward' ? '' : `, begun by ${move.requestedBy},`;
  return paused
    ? `${doing[move.kind]}${who} was paused by ${paused.by} at ${far}: resume it.`
    : `${doing[move.kind]}${who} is under way: ${far} so far.`;
}

import type { KeyState } from '#lib/byok/lifecycle.ts';
import { anyService } from '#lib/byok/providers.ts';
import type { Consequence } from '../../../_shared/command/consequence-sheet.tsx';
import { countedNames } from '../_shared/names.ts';
import type { AppsChange } from './apps-change.ts';

/** Data lies under the key already. */
export function isActive(state: KeyState): boolean {
  return state !== 'draft' && state !== 'scheduled';
}

/** Why the choice cannot be taken over now; null when it can. */
export function whyNotUpdate({ added, removed }: AppsChange, chosen: number, state: KeyState): string | null {
  if (chosen === 0) {
    return isActive(state)
      ? 'Select at least one app or bot. To take the key from all of them, use Revert to None.'
      : 'Select at least one app or bot.';
  }
  return added.length + removed.length === 0 ? 'Nothing is changed yet.' : null;
}

/** What Update Apps brings about. */
export function updateConsequences({ added, removed }: AppsChange, state: KeyState): Consequence[] {
  const lists: Consequence[] = [
    { label: 'Added', text: countedNames(added) },
    { label: 'Removed', text: countedNames(removed) },
  ];
  if (!isActive(state)) {
    return [
      {
        label: 'What happens',
        text: 'The choice for the enforcement date changes. No data lies under this key yet, so nothing moves.',
      },
      ...lists,
      { label: 'Can it be undone?', text: 'Yes, at any time before the enforcement date.' },
    ];
  }
  return [
    ...lists,
    ...(added.length > 0 ? [whatAdding] : []),
    ...(removed.length > 0 ? [whatRemoving] : []),
    {
      label: 'From when',
      text: 'At once for new data; what is stored follows in the background. Reading is never interrupted, and the page of the key shows how far it has come.',
    },
    {
      label: 'Can it be undone?',
      text:
        removed.length > 0
          ? 'You can add them again. Backups made in between can then still be opened with the platform key, until they expire.'
          : 'You can remove them again.',
    },
    {
      label: 'If something goes wrong',
      text: `Keep the key enabled in ${anyService} meanwhile. If it cannot be reached, what is left waits, the page of the key says so, and it goes on when the key answers.`,
    },
  ];
}

const whatAdding: Consequence = {
  label: 'What happens to those added',
  text: 'They get a fresh data key under your key, used from the next write on; older data keys are rewrapped to it, and stored records are re-encrypted.',
};

const whatRemoving: Consequence = {
  label: 'What happens to those removed',
  text: 'They get a fresh data key under the platform key, and their older data keys are rewrapped to it. From then on the vendor can read their data without you: disabling your key takes nothing of it away any more.',
};

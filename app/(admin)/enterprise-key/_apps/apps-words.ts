import type { KeyState } from '#lib/byok/lifecycle.ts';
import { anyService } from '#lib/byok/providers.ts';
import type { Consequence, Consequences } from '../../../_shared/command/consequence-sheet.tsx';
import { appsAndBots, countedNames } from '../_shared/names.ts';
import type { AppsChange } from './apps-change.ts';

/** Data lies under the key already. */
export function isActive(state: KeyState): boolean {
  return state !== 'draft' && state !== 'scheduled';
}

/** Why the choice cannot be taken over now; null when it can. */
export function whyNotUpdate({ added, removed }: AppsChange, chosen: number, state: KeyState): string | null {
  if (chosen === 0) {
    return isActive(state)
      ? 'Select at least one app or bot. To remove all of them, use Revert to None.'
      : 'Select at least one app or bot.';
  }
  return added.length + removed.length === 0 ? 'You haven’t changed anything yet.' : null;
}

/** What Update Apps brings about. */
export function updateConsequences({ added, removed }: AppsChange, state: KeyState): Consequences {
  const lists = [
    { label: 'Added', text: countedNames(added) },
    { label: 'Removed', text: countedNames(removed) },
  ];
  if (!isActive(state)) {
    return {
      points: [
        `${appsAndBots(added.length)} added, ${appsAndBots(removed.length)} removed for the enforcement date.`,
        'No data uses this key yet, so nothing moves.',
        'You can change this at any time before the enforcement date.',
      ],
      details: lists,
    };
  }
  return {
    points: [
      ...(added.length > 0
        ? [`${appsAndBots(added.length)} ${verb(added, 'uses', 'use')} your key from the next write.`]
        : []),
      ...(removed.length > 0
        ? [
            `${appsAndBots(removed.length)} ${verb(removed, 'returns', 'return')} to the platform key. The vendor can then read their data without you.`,
          ]
        : []),
      removed.length > 0
        ? 'You can add them again. The platform key still opens backups made in between, until they expire.'
        : 'You can remove them again.',
    ],
    details: [
      ...lists,
      ...(added.length > 0 ? [whatAdding] : []),
      ...(removed.length > 0 ? [whatRemoving] : []),
      {
        label: 'If something goes wrong',
        text: `Stored data follows in the background, and reading continues. Keep the key enabled in ${anyService} meanwhile. If it cannot be reached, the remaining work waits and continues when the key answers.`,
      },
    ],
  };
}

function verb({ length }: readonly unknown[], one: string, many: string): string {
  return length === 1 ? one : many;
}

const whatAdding: Consequence = {
  label: 'What happens to those added',
  text: 'They get a fresh data key under your key. Older data keys are rewrapped to it, and stored records are re-encrypted.',
};

const whatRemoving: Consequence = {
  label: 'What happens to those removed',
  text: 'They get a fresh data key under the platform key, and older data keys are rewrapped to it. Disabling your key no longer blocks access to their data.',
};

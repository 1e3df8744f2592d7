import type { KeyPageView } from '#lib/byok/key-views.ts';
import { capital, serviceName } from '#lib/byok/providers.ts';
import type { Consequences } from '../../../_shared/command/consequence-sheet.tsx';
import { appsAndBots, appsUnder, countedNames } from '../_shared/names.ts';

type Told = Pick<KeyPageView, 'id' | 'apps' | 'state' | 'alias' | 'provider'>;

/** What Revert to None brings about, by how far the key has come. */
export function revertConsequences(view: Told): Consequences {
  const service = serviceName(view.provider);
  if (view.state === 'draft') return ofDraft(service);
  return view.state === 'scheduled' ? ofScheduled(service) : active(view, service);
}

/** Said once it is done, or begun. */
export function revertDone({ state, alias }: Pick<Told, 'state' | 'alias'>): string {
  if (state === 'draft') return `The draft “${alias}” was deleted.`;
  return state === 'scheduled' ? `The enforcement date of “${alias}” was cancelled.` : `Revert of “${alias}” started.`;
}

/**
 * Why a revert would be refused now; null where it may be tried. What is known of the key can be older than the key's state:
 * a check tells.
 */
export function whyNotRevert(view: Pick<KeyPageView, 'commands' | 'state' | 'health' | 'provider'>): string | null {
  if (!view.commands.revert.allowed) return view.commands.revert.reason;
  if (view.state !== 'active') return null;
  const service = serviceName(view.provider);
  switch (view.health?.state) {
    case 'revoked':
      return `Access to the key was denied, so its data cannot be moved. Restore access in ${service}, then select Check now.`;
    case 'outage':
      return `${capital(service)} does not answer, so the key’s data cannot be moved. Select Check now once it answers.`;
    default:
      return null;
  }
}

const ofDraft = (service: string): Consequences => ({
  points: [
    'This draft is deleted. No data was ever encrypted with it.',
    `Nothing moves, and nothing changes in ${service}.`,
    'You can’t undo this. Create a new key to begin again.',
  ],
  details: [],
});

const ofScheduled = (service: string): Consequences => ({
  points: [
    'The enforcement date is cancelled at once. No data uses this key yet, so nothing moves.',
    `All data stays under the platform key, and nothing changes in ${service}.`,
    'You can’t undo this. Create a new key to schedule one again.',
  ],
  details: [],
});

function active(view: Told, service: string): Consequences {
  const apps = appsUnder(view);
  return {
    points: [
      `${appsAndBots(apps.length)} ${apps.length === 1 ? 'returns' : 'return'} to the platform key. Reading continues.`,
      'The vendor can then read this data without your key. Disabling your key no longer blocks access.',
      `You can’t undo this. Keep the key enabled in ${service} until this page says Reverted.`,
    ],
    details: [
      {
        label: 'What happens',
        text: 'Each app and bot gets a fresh data key under the platform key, used from the next write. Its older data keys are rewrapped to it in the background. This configuration is then removed.',
      },
      {
        label: 'If something goes wrong',
        text: 'Data that has not moved yet can be read only with your key. If it cannot be reached, the remaining work waits and continues when the key answers.',
      },
      {
        label: 'To protect this data with your key again',
        text: 'Create a new key afterwards.',
      },
      { label: 'Which apps and bots', text: countedNames(apps) },
    ],
  };
}

import type { KeyPageView } from '#lib/byok/key-views.ts';
import { capital, serviceName } from '#lib/byok/providers.ts';
import type { Consequence } from '../../../_shared/command/consequence-sheet.tsx';
import { appsUnder, countedNames } from '../_shared/names.ts';

type Told = Pick<KeyPageView, 'id' | 'apps' | 'state' | 'alias' | 'provider'>;

/** What Revert to None brings about, by how far the key has come. */
export function revertConsequences(view: Told): Consequence[] {
  const service = serviceName(view.provider);
  if (view.state === 'draft') return ofDraft(service);
  return view.state === 'scheduled' ? ofScheduled(service) : active(view, service);
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
      return `Access to the key was denied, so its data could not be brought back. Restore access in ${service}, then select Check now.`;
    case 'outage':
      return `${capital(service)} does not answer, so the key’s data could not be brought back. Select Check now once it answers.`;
    default:
      return null;
  }
}

const ofDraft = (service: string): Consequence[] => [
  {
    label: 'What happens',
    text: `This draft is deleted. Nothing was ever encrypted under it, so nothing moves, and nothing changes in ${service}.`,
  },
  { label: 'Can it be undone?', text: 'No. Create a new key to begin again.' },
];

const ofScheduled = (service: string): Consequence[] => [
  {
    label: 'What happens',
    text: `The enforcement date is cancelled. No data lies under this key yet, so nothing moves: everything stays under the platform key, and nothing changes in ${service}.`,
  },
  { label: 'From when', text: 'At once.' },
  { label: 'Can it be undone?', text: 'No. Create a new key to schedule one again.' },
];

function active(view: Told, service: string): Consequence[] {
  return [
    {
      label: 'What happens',
      text: 'Every app and bot under this key gets a fresh data key under the platform key, and its older data keys are rewrapped to it. Then this configuration goes. From then on the vendor can read that data without you: disabling your key takes nothing away any more.',
    },
    {
      label: 'From when',
      text: 'New data from the next write on; what is stored follows in the background. Reading is never interrupted, and the page of the key shows how far it has come.',
    },
    {
      label: 'Can it be undone?',
      text: 'No. To protect this data by a key of yours again, create a new one afterwards.',
    },
    {
      label: 'If something goes wrong',
      text: `Keep the key enabled in ${service} until the page says Reverted: what has not moved yet can be read with it only. If it cannot be reached, the work waits and goes on by itself when it can.`,
    },
    { label: 'Which apps and bots', text: countedNames(appsUnder(view)) },
  ];
}

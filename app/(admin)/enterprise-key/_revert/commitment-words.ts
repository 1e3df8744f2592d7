import type { KeyPageView } from '#lib/byok/key-views.ts';
import { anyService, serviceName } from '#lib/byok/providers.ts';
import type { Consequence } from '../../../_shared/command/consequence-sheet.tsx';
import { appsUnder, countedNames } from '../_shared/names.ts';

const what =
  'Revert to None is refused, and so is taking an app or bot off the key for the platform key. Rotating, adding apps and bots, and moving them to another irreversible key stay possible.';
const forever = 'No. Nobody can take this commitment back.';

/** Before this one key is made irreversible. */
export function keyCommitmentConsequences(view: Pick<KeyPageView, 'id' | 'apps' | 'provider'>): Consequence[] {
  const service = serviceName(view.provider);
  return [
    { label: 'What happens', text: `From then on what lies under this key stays under a key of yours. ${what}` },
    { label: 'From when', text: `At once. Nothing moves, and nothing changes in ${service}.` },
    { label: 'Can it be undone?', text: forever },
    { label: 'If something goes wrong', text: recover(service) },
    { label: 'Which apps and bots', text: `${countedNames(appsUnder(view))}. Also those that are added later.` },
  ];
}

/** Before the same commitment is made for all keys of the tenant. */
export function tenantCommitmentConsequences(tenantName: string): Consequence[] {
  return [
    {
      label: 'What happens',
      text: `For every enterprise key of ${tenantName} that is active, now and later: ${what} A key that is not active yet can still be given up.`,
    },
    {
      label: 'From when',
      text: `At once; for keys to come, from their enforcement. Nothing moves, and nothing changes in ${anyService}.`,
    },
    { label: 'Can it be undone?', text: forever },
    { label: 'If something goes wrong', text: recover(anyService) },
    {
      label: 'Which apps and bots',
      text: 'All that are under an enterprise key, now or later. Those that never were stay under the platform key until you add them to one.',
    },
  ];
}

function recover(service: string): string {
  return `Nobody can lead the data back without your key, the vendor included: if the key in ${service} is deleted, or its imported material is lost, everything under it is lost for good. Rotate to another key while this one answers; a key that is merely disabled is fixed by enabling it.`;
}

import type { KeyPageView } from '#lib/byok/key-views.ts';
import { anyService, serviceName } from '#lib/byok/providers.ts';
import type { Consequences } from '../../../_shared/command/consequence-sheet.tsx';
import { appsUnder, countedNames } from '../_shared/names.ts';

const refused = 'Revert to None is then refused. Apps and bots cannot return to the platform key.';
const stillPossible =
  'Rotating, adding apps and bots, and moving them to another irreversible key. Nothing moves now, and a disabled key is fixed by enabling it.';
const forever = 'You can’t undo this. You can still rotate and add apps.';

/** Before this one key is made irreversible. */
export function keyCommitmentConsequences(view: Pick<KeyPageView, 'id' | 'apps' | 'provider'>): Consequences {
  const service = serviceName(view.provider);
  return {
    points: [refused, lostForGood(service), forever],
    details: [
      { label: 'What stays possible', text: stillPossible },
      { label: 'If the key is about to go', text: beforeItGoes(service) },
      { label: 'Which apps and bots', text: `${countedNames(appsUnder(view))}. Also those that are added later.` },
    ],
  };
}

/** Before the same commitment is made for all keys of the tenant. */
export function tenantCommitmentConsequences(tenantName: string): Consequences {
  return {
    points: [
      `This covers each active enterprise key of ${tenantName}, now and later. ${refused}`,
      lostForGood(anyService),
      forever,
    ],
    details: [
      { label: 'What stays possible', text: `${stillPossible} A key that is not active yet can still be given up.` },
      { label: 'If a key is about to go', text: beforeItGoes(anyService) },
      {
        label: 'Which apps and bots',
        text: 'All that use an enterprise key, now or later. Others stay under the platform key until you add them to one.',
      },
    ],
  };
}

function lostForGood(service: string): string {
  return `If the key is deleted in ${service}, all data under it is lost for good. Keyward cannot recover it.`;
}

function beforeItGoes(service: string): string {
  return `Imported key material that is lost counts as deleted, too. Rotate to another key while this one answers in ${service}.`;
}

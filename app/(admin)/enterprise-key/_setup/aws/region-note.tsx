import { regionRefusal } from '#lib/byok/region-rule.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { regionNote } from '../../_shared/aws/region-choices.ts';

/** Beside AWS Region: the vendor's rule, and at once whether what is chosen breaks it. */
export function RegionNote({ region, tenant }: { region: string; tenant: SetupView['tenant'] }) {
  const refusal = regionRefusal(region, tenant);
  return (
    <span aria-live="polite" className={refusal ? 'block font-medium text-bad' : 'block'}>
      {refusal ?? regionNote(region, tenant)}
    </span>
  );
}

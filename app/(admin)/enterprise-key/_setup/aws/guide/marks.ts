import type { SetupView } from '#lib/byok/setup-views.ts';

/** The tenant's own values, and ours for it: what stands in a policy for this key and no other. */
export function marksOf(
  {
    externalId,
    tenant,
    ourIdentity,
  }: Pick<SetupView, 'externalId' | 'ourIdentity'> & {
    tenant: Pick<SetupView['tenant'], 'id'>;
  },
  { roleArn, keyArn }: { roleArn?: string; keyArn: string | null },
): string[] {
  return [roleArn ?? '', keyArn ?? '', externalId, tenant.id, ourIdentity].filter((value) => value !== '');
}

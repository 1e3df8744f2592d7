import { z } from 'zod';
import { blankDraft, isKnownLocation, rulesOf } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { isProvider } from '../../byok/providers.ts';
import type { SetupView } from '../../byok/setup-views.ts';
import { consoleUrlOf } from '../../config/config.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { usesOfTenant } from '../../key-lifecycle/in-use.ts';
import { keyServices } from '../../kms/key-service.ts';
import { operation } from '../operation.ts';

/** What the policies for a tenant's role and key are filled with. None of it is a secret: it stands in their AWS account. */
export const readSetUpValues = operation({
  name: 'read-set-up-values',
  permission: 'keys.read',
  /** `provider`: whose; by default the first one that is offered. */
  input: z.object({
    provider: z.string().refine(isProvider).optional(),
    region: z.string().refine(isKnownLocation).optional(),
  }),
  async run(
    { tenantId, now },
    { provider, region },
  ): Promise<Pick<SetupView, 'tenant' | 'externalId' | 'ourIdentity' | 'ourIdentities' | 'consoleUrl' | 'inUse'>> {
    const tenant = await findTenant(tenantId);
    if (!tenant) throw new Refusal('not-found');
    const draft = blankDraft(tenant.homeRegion, provider);
    const rules = rulesOf(draft);
    const service = keyServices[draft.provider];
    const { identity } = await service.ourIdentity(region ?? tenant.homeRegion);
    const { id, name, homeRegion, regionPolicy, externalId } = tenant;
    return {
      tenant: { id, name, homeRegion, regionPolicy },
      externalId,
      ourIdentity: identity,
      ourIdentities: rules.identitiesView(await service.ourIdentities()),
      consoleUrl: consoleUrlOf(draft.provider),
      inUse: rules.standingUses(await usesOfTenant(tenantId, now)),
    };
  },
});

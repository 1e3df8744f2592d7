import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { keyInHistory } from '../../byok/history-names.ts';
import { message } from '../../byok/messages/catalogue.ts';
import { capital, serviceName } from '../../byok/providers.ts';
import { type CreationRow, findCreation, lockCreation, settleCreation } from '../../db/creation-store.ts';
import { findKey } from '../../db/key-store.ts';
import { findTenant, type TenantRecord } from '../../db/tenant-store.ts';
import { creatorFor, reachingConfiguration } from '../../key-lifecycle/key-creation.ts';
import { KmsError } from '../../kms/errors.ts';
import { operation } from '../operation.ts';

/**
 * Takes an orphaned CMK off the list once it is gone. Where the provider can still be asked, it is: a key that is there stays on the
 * list. Where it cannot, since no configuration leads there any more, the administrator's word counts, and the history says so.
 */
export const dismissKeyCreation = operation({
  name: 'dismiss-key-creation',
  permission: 'keys.write',
  input: z.object({ creationId: z.uuid() }),
  async run(context, { creationId }): Promise<{ checked: boolean }> {
    const [tenant, creation] = await Promise.all([
      findTenant(context.tenantId),
      findCreation(context.tenantId, creationId),
    ]);
    if (!tenant || !creation) throw new Refusal('not-found');
    const { gone, providerRequestIds } = await look(creation, tenant);
    if (gone === false) {
      const service = serviceName(creation.provider);
      const reason = `${capital(service)} still has this key, and it is not scheduled for deletion.`;
      const next = `Have it deleted in ${service} first, with the command shown beside it.`;
      throw new Refusal('not-allowed-in-state', { details: { reason, next, providerRequestIds } });
    }
    return context.commit(async (tx) => {
      const row = await lockCreation(tx, creation.id);
      if (row?.state !== 'left_over')
        throw new Refusal('not-allowed-in-state', { details: { reason: 'This key is not orphaned.' } });
      const why = gone
        ? message('creation-gone', { provider: row.provider })
        : message('creation-gone-by-word', { by: context.who });
      await settleCreation(tx, row.id, { state: 'over', endedAt: context.now, message: why });
      const checked = gone === true;
      return {
        data: { checked },
        audit: {
          target: row.id,
          before: keyInHistory(row.provider, row.keyRef),
          after: { gone: true, askedAws: checked },
          providerRequestIds,
        },
      };
    });
  },
});

/** `gone` undefined: nobody could be asked. */
async function look(
  creation: CreationRow,
  tenant: TenantRecord,
): Promise<{ gone: boolean | undefined; providerRequestIds: string[] }> {
  const key = creation.keyId ? await findKey(tenant.id, creation.keyId) : undefined;
  const row = key && reachingConfiguration(key, creation);
  if (!creation.keyRef || !key || !row) return { gone: undefined, providerRequestIds: [] };
  const creator = await creatorFor(row, key, tenant);
  try {
    const gone = await creator.isGone(creation.keyRef).catch((error: unknown) => {
      if (error instanceof KmsError) return undefined;
      throw error;
    });
    return { gone, providerRequestIds: creator.requestIds };
  } finally {
    creator.close();
  }
}

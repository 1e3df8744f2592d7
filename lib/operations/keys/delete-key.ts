import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { keyInHistory, orphanedInHistory } from '../../byok/history-names.ts';
import { leaveUnnamed } from '../../db/creation-store.ts';
import { eraseKey } from '../../db/key-deletion.ts';
import { displayedConfiguration } from '../../db/key-store.ts';
import { deleteUnusedSecrets } from '../../db/secret-store.ts';
import { lockTenant } from '../../db/tenant-store.ts';
import { operation } from '../operation.ts';
import { usesOf } from './key-uses.ts';
import { lockKeyRow } from './lock-key.ts';

/**
 * Deletes a draft, or a key that was reverted, when nothing hangs on it; the history stays. A CMK that Keyward once
 * created for it is never touched: it is shown as orphaned.
 */
export const deleteKey = operation({
  name: 'delete-key',
  permission: 'keys.write',
  input: z.object({ keyId: z.uuid(), revision: z.int() }),
  async run(context, input): Promise<{ orphaned: number }> {
    return context.commit(async (tx) => {
      await lockTenant(tx, context.tenantId);
      const key = await lockKeyRow(tx, context, input);
      const uses = await usesOf(key, tx);
      if (uses.length > 0) throw new Refusal('key-in-use', { details: { reason: uses.join(' '), uses } });
      await eraseKey(tx, key.id);
      const secrets = await deleteUnusedSecrets(tx, context.tenantId);
      const orphaned = await leaveUnnamed(tx, context.tenantId, context.now);
      const { alias, description, state } = key;
      const { provider = '', keyRef = '' } = displayedConfiguration(key) ?? {};
      return {
        data: { orphaned },
        audit: {
          target: key.id,
          before: { alias, description, state, ...keyInHistory(provider, keyRef) },
          after: { deleted: true, ...(secrets > 0 ? { secretsDeleted: secrets } : {}), ...orphanedInHistory(orphaned) },
        },
      };
    });
  },
});

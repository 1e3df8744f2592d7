import { z } from 'zod';
import { readDraft, rulesOf } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { leaveUnnamed } from '../../db/creation-store.ts';
import { deleteConfiguration, deleteKey, updateKey, workingOf } from '../../db/key-store.ts';
import { releaseSecrets } from '../../db/secret-store.ts';
import { refuseWhileUnsettled } from '../../key-lifecycle/key-creation.ts';
import { lockKeyForUpdate } from '../keys/lock-key.ts';
import { operation } from '../operation.ts';

/** Deletes a draft, the working copy of a scheduled key, or a prepared rotation: what stands is not touched. */
export const discardChanges = operation({
  name: 'discard-changes',
  permission: 'keys.write',
  input: z.object({ keyId: z.uuid(), revision: z.int() }),
  async run(context, input): Promise<{ deletedKey: boolean }> {
    return context.commit<{ deletedKey: boolean }>(async (tx) => {
      const key = await lockKeyForUpdate(tx, context, 'discard', input, { disturbsTransitions: false });
      const working = workingOf(key);
      await refuseWhileUnsettled(tx, key.id);
      if (key.state === 'draft') {
        await deleteKey(tx, key.id);
        await releaseSecrets(tx, context.tenantId);
        await leaveUnnamed(tx, context.tenantId, context.now);
        return { data: { deletedKey: true }, audit: { target: key.id, before: { alias: key.alias, state: 'draft' } } };
      }
      if (!working)
        throw new Refusal('not-allowed-in-state', { details: { reason: 'There are no changes to discard.' } });
      const draft = readDraft(working);
      await deleteConfiguration(tx, working.id);
      await releaseSecrets(tx, context.tenantId);
      await updateKey(tx, key.id, context, {});
      return {
        data: { deletedKey: false },
        audit: { target: key.id, before: rulesOf(draft).forHistory(draft) },
      };
    });
  },
});

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { providerSteps, readDraft, rulesOf, storedDraft } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { editedOf, ensureWorkingCopy, findKey, updateConfiguration, updateKey, workingOf } from '../../db/key-store.ts';
import { insertSecret, releaseSecrets } from '../../db/secret-store.ts';
import { keyServices } from '../../kms/key-service.ts';
import { takeKey } from '../keys/take-key.ts';
import { operation } from '../operation.ts';
import { sealNewSecret } from '../parts/new-secret.ts';

/**
 * Keeps what a key in force is to be rotated to, to be tested. Nothing else changes: what is in force stays so until
 * the rotation itself, and a move that is under way is not disturbed.
 */
export const prepareRotation = operation({
  name: 'prepare-rotation',
  permission: 'keys.write',
  input: z.object({
    keyId: z.uuid(),
    revision: z.int(),
    values: providerSteps.rotation,
  }),
  async run(context, { values, ...at }): Promise<{ revision: number }> {
    const seen = await findKey(context.tenantId, at.keyId);
    if (!seen) throw new Refusal('not-found');
    const standing = readDraft(editedOf(seen));
    const location = rulesOf(standing).rotationLocation(values);
    const ours = await keyServices[standing.provider].ourIdentity(location);
    const sealed = await sealNewSecret(values, context);
    return context.commit(async (tx) => {
      const key = await takeKey(tx, context, 'rotate', at, { disturbsMoves: false });
      const before = editedOf(key);
      const was = readDraft(before);
      const secret = { stored: before.secretId !== null, replaced: sealed !== undefined };
      const { draft, ...audit } = rulesOf(was).rotationChange(was, values, { ours, secret });
      if (sealed) await insertSecret(tx, sealed);
      const same = workingOf(key) && !sealed && isDeepStrictEqual(storedDraft(draft), storedDraft(was));
      const configurationId = await ensureWorkingCopy(tx, key);
      // A test counts from the preparation on: the same names may mean another key than when they were tested before.
      await updateConfiguration(tx, configurationId, {
        draft,
        ...(sealed ? { secretId: sealed.id } : {}),
        ...(same ? {} : { createdAt: context.now }),
      });
      await releaseSecrets(tx, context.tenantId);
      const revision = await updateKey(tx, key.id, context, {});
      return { data: { revision }, audit: { target: key.id, ...audit } };
    });
  },
});

import { z } from 'zod';
import { known } from '../../byok/connection-mode.ts';
import { editedOf, ensureWorkingCopy, updateConfiguration, updateKey, workingOf } from '../../db/key-store.ts';
import { releaseSecrets } from '../../db/secret-store.ts';
import { accountOf, serviceRoleArn } from '../../key-lifecycle/service-role.ts';
import { takeKey } from '../keys/take-key.ts';
import { operation } from '../operation.ts';
import { accessKeyValues, roleValues, sealNewSecret } from '../setup/connect-values.ts';
import { rotationPatch } from './rotation-values.ts';

const region = z.string().trim().max(2_048);

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
    values: z.union([accessKeyValues.extend({ region }), roleValues.extend({ region })]),
  }),
  async run(context, { values, ...at }): Promise<{ revision: number }> {
    const vendorAccountId = accountOf(await serviceRoleArn(values.region));
    const sealed = await sealNewSecret(values, context);
    return context.commit(async (tx) => {
      const key = await takeKey(tx, context, 'rotate', at, { disturbsMoves: false });
      const before = known(editedOf(key));
      const { configuration, audit } = await rotationPatch(tx, values, before, vendorAccountId, sealed);
      const same =
        workingOf(key) && Object.entries(configuration).every(([name, value]) => value === field(before, name));
      const configurationId = await ensureWorkingCopy(tx, key);
      // A test counts from the preparation on: the same names may mean another key than when they were tested before.
      await updateConfiguration(tx, configurationId, { ...configuration, ...(same ? {} : { createdAt: context.now }) });
      await releaseSecrets(tx, context.tenantId);
      const revision = await updateKey(tx, key.id, context, {});
      return { data: { revision }, audit: { target: key.id, ...audit } };
    });
  },
});

function field(row: object, name: string): unknown {
  return (row as Record<string, unknown>)[name];
}

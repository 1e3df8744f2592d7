import { z } from 'zod';
import { parseRoleArn } from '../byok/arn.ts';
import { Refusal } from '../byok/errors.ts';
import { connectStepSchema } from '../byok/key-configuration.ts';
import { isKnownRegion } from '../byok/regions.ts';
import { editedOf, ensureWorkingCopy, updateConfiguration, updateKey, workingOf } from '../db/key-store.ts';
import { operation } from './operation.ts';
import { accountOf, serviceRoleArn } from './parts/service-role.ts';
import { takeKey } from './parts/take-key.ts';

const text = z.string().trim().max(2_048);

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
    values: z.object({ region: text, roleArn: text, keyArn: text }),
  }),
  async run(context, { values, ...at }): Promise<{ revision: number }> {
    const vendorAccountId = accountOf(await serviceRoleArn(values.region));
    return context.commit(async (tx) => {
      const key = await takeKey(tx, context, 'rotate', at, { disturbsMoves: false });
      const { region, roleArn, keyArn, accountId } = editedOf(key);
      const after = parse(values, { accountId, vendorAccountId });
      const same = workingOf(key) && region === after.region && roleArn === after.roleArn && keyArn === after.keyArn;
      const configurationId = await ensureWorkingCopy(tx, key);
      // A test counts from the preparation on: the same names may mean another key than when they were tested before.
      await updateConfiguration(tx, configurationId, { ...after, ...(same ? {} : { createdAt: context.now }) });
      const revision = await updateKey(tx, key.id, context, {});
      return {
        data: { revision },
        audit: { target: key.id, before: { region, roleArn, keyArn }, after: { ...values } },
      };
    });
  },
});

/** What is entered, read as the wizard reads it; account and name of the role come from its ARN. */
function parse(
  values: { region: string; roleArn: string; keyArn: string },
  known: { accountId: string; vendorAccountId: string },
) {
  const fields: Record<string, string> = {};
  if (!isKnownRegion(values.region)) fields.region = 'Choose an AWS region from the list.';
  const role = parseRoleArn(values.roleArn);
  const accountId = role.ok ? role.value.accountId : known.accountId;
  const parsed = connectStepSchema({
    region: values.region,
    accountId,
    vendorAccountId: known.vendorAccountId,
  }).safeParse({ keyArn: values.keyArn, roleArn: values.roleArn });
  if (!parsed.success) for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
  if (!parsed.success || !role.ok || Object.keys(fields).length > 0) throw new Refusal('invalid-input', { fields });
  return { region: values.region, ...parsed.data, accountId, roleName: role.value.roleName };
}

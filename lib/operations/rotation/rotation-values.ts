import 'server-only';
import { parseRoleArn } from '../../byok/arn.ts';
import type { Known } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import { isKnownRegion } from '../../byok/regions.ts';
import type { Tx } from '../../db/client.ts';
import type { ConfigurationRow } from '../../db/key-store.ts';
import type { SecretRow } from '../../db/secret-store.ts';
import { type ConnectValues, connectPatch } from '../setup/connect-values.ts';

/**
 * What a rotation is to use, read as the wizard reads it, in the authentication mode that the key has; account and name of
 * a role come from its ARN. @throws Refusal `invalid-input` with a sentence per field
 */
export async function rotationPatch(
  tx: Tx,
  values: ConnectValues & { region: string },
  before: Known<ConfigurationRow>,
  vendorAccountId: string,
  sealed: SecretRow | undefined,
) {
  const { region, ...named } = values;
  const role = 'roleArn' in named ? parseRoleArn(named.roleArn) : undefined;
  const accountId = role?.ok ? role.value.accountId : before.accountId;
  const patch = await withRegion(region, () =>
    connectPatch(tx, named, before, { region, accountId, vendorAccountId }, sealed),
  );
  return {
    configuration: {
      region,
      ...patch.configuration,
      ...(role?.ok ? { accountId, roleName: role.value.roleName } : {}),
    },
    audit: { before: { region: before.region, ...patch.before }, after: { region, ...patch.after } },
  };
}

/** The region is a field of the same form: what is wrong with it is told together with the others. */
async function withRegion<T>(region: string, read: () => Promise<T>): Promise<T> {
  const fields: Record<string, string> = isKnownRegion(region) ? {} : { region: 'Choose an AWS region from the list.' };
  try {
    const patch = await read();
    if (Object.keys(fields).length > 0) throw new Refusal('invalid-input', { fields });
    return patch;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-input') throw error;
    throw new Refusal('invalid-input', { fields: { ...error.fields, ...fields } });
  }
}

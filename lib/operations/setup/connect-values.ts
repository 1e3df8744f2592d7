import 'server-only';
import { z } from 'zod';
import type { Known } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import { accessKeyStepSchema, connectStepSchema } from '../../byok/key-configuration.ts';
import type { Tx } from '../../db/client.ts';
import type { ConfigurationRow } from '../../db/key-store.ts';
import { insertSecret, type SecretRow } from '../../db/secret-store.ts';
import { sealSecret } from '../../keyring/secrets.ts';

const text = z.string().max(2_048);

/**
 * Of each authentication mode; which one is meant is what the configuration says. `secret` is empty where the stored one stays.
 * `createsKey`: where no key is named, Keyward is to create it.
 */
const createsKey = z.boolean().optional();
export const roleValues = z.object({ keyArn: text, roleArn: text, createsKey });
export const accessKeyValues = z.object({
  keyArn: text,
  createsKey,
  accessKeyId: z.string().max(128),
  secret: z.string().max(1_024),
});
export const connectValues = z.union([accessKeyValues, roleValues]);
export type ConnectValues = z.output<typeof connectValues>;

/** What a configuration becomes by it, and what the history is told: never more of a secret than that there is another. */
export type ConnectPatch = {
  configuration: { keyArn: string; createsKey: boolean } & (
    | { roleArn: string }
    | { accessKeyId: string; secretId?: string }
  );
  before: Record<string, string>;
  after: Record<string, string>;
};

/**
 * Seals the secret among the values, where there is a new one: before the transaction, since the platform key may lie in
 * AWS. A row that is not inserted then is nowhere.
 */
export async function sealNewSecret(
  values: object,
  by: { tenantId: string; actorName: string },
): Promise<SecretRow | undefined> {
  const secret = 'secret' in values && typeof values.secret === 'string' ? values.secret.trim() : '';
  return secret === '' ? undefined : sealSecret(by.tenantId, secret, by.actorName);
}

type Before = Known<
  Pick<ConfigurationRow, 'provider' | 'authMode' | 'keyArn' | 'roleArn' | 'accessKeyId' | 'secretId'>
>;
type Where = { region: string; accountId: string; vendorAccountId: string };

/** Reads the values as the wizard does. @throws Refusal `invalid-input` with a sentence per field */
export async function connectPatch(
  tx: Tx,
  values: ConnectValues,
  before: Before,
  where: Where,
  sealed: SecretRow | undefined,
): Promise<ConnectPatch> {
  switch (before.authMode) {
    case 'assume-role':
      return rolePatch(values, before, where);
    case 'access-key':
      return accessKeyPatch(tx, values, before, where, sealed);
  }
}

function rolePatch(values: ConnectValues, before: Before, where: Where): ConnectPatch {
  const chosen = { ...where, createsKey: values.createsKey === true };
  const { keyArn, roleArn } = accept(connectStepSchema(chosen), values);
  return {
    configuration: { keyArn, roleArn, createsKey: chosen.createsKey && keyArn === '' },
    before: { keyArn: before.keyArn, roleArn: before.roleArn },
    after: { keyArn: keyArn || toBeCreated, roleArn },
  };
}

async function accessKeyPatch(
  tx: Tx,
  values: ConnectValues,
  before: Before,
  where: Where,
  sealed: SecretRow | undefined,
): Promise<ConnectPatch> {
  const chosen = { ...where, createsKey: values.createsKey === true };
  const { keyArn, accessKeyId } = accept(
    accessKeyStepSchema({ ...chosen, storedFor: before.secretId === null ? '' : before.accessKeyId }),
    values,
  );
  if (sealed) await insertSecret(tx, sealed);
  return {
    configuration: {
      keyArn,
      createsKey: chosen.createsKey && keyArn === '',
      accessKeyId,
      ...(sealed ? { secretId: sealed.id } : {}),
    },
    before: { keyArn: before.keyArn, accessKeyId: before.accessKeyId },
    after: {
      keyArn: keyArn || toBeCreated,
      accessKeyId,
      ...(sealed ? { secret: before.secretId ? 'replaced' : 'stored' } : {}),
    },
  };
}

const toBeCreated = 'To be created by Keyward';

function accept<T>(schema: z.ZodType<T>, values: ConnectValues): T {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
  throw new Refusal('invalid-input', { fields });
}

import 'server-only';
import { createHash } from 'node:crypto';
import { isKnown, type Known, type StoredMode } from '../byok/connection-mode.ts';
import { fingerprint as canonical, type KeyConfiguration } from '../byok/key-configuration.ts';
import { readPolicyShape } from '../byok/policy-shape.ts';
import type { ConfigurationRow } from '../db/key-store.ts';

type Values = Pick<
  ConfigurationRow,
  | 'provider'
  | 'authMode'
  | 'region'
  | 'accountId'
  | 'roleName'
  | 'roleArn'
  | 'keyArn'
  | 'createsKey'
  | 'dataKeyPair'
  | 'accessKeyId'
  | 'secretId'
> &
  Partial<Pick<ConfigurationRow, 'policyShape'>>;

/** What the administrator has entered, as the self-test and the policies take it. */
export function toConfiguration(row: Known<Values>, key: { alias: string; description: string }): KeyConfiguration {
  const { provider, region, accountId, keyArn, createsKey, dataKeyPair } = row;
  const policyShape = readPolicyShape(row.policyShape);
  const where = { provider, region, accountId, keyArn, createsKey };
  const common = { ...where, dataKeyPair, policyShape, ...words(key) };
  switch (row.authMode) {
    case 'assume-role':
      return { ...common, authMode: row.authMode, roleName: row.roleName, roleArn: row.roleArn };
    case 'access-key':
      return { ...common, authMode: row.authMode, accessKeyId: row.accessKeyId, secretId: row.secretId ?? '' };
  }
}

function words({ alias, description }: { alias: string; description: string }) {
  return { alias, description };
}

/**
 * Stored with a report, compared before anything is scheduled or put in force: SHA-256, hex, of the canonical text. There is none of a
 * row that this version does not know: no report vouches for it, and its own report vouches for nothing else.
 */
export function fingerprintOf(row: Known<Values>, externalId: string): string {
  const text = canonical(toConfiguration(row, { alias: '', description: '' }), externalId);
  return createHash('sha256').update(text).digest('hex');
}

/** As whom we come, for the history: the role, or the access key by its ID; of a row that is not known, what it says. */
export function identityOf(row: StoredMode & Pick<Values, 'roleArn' | 'accessKeyId'>): Record<string, string> {
  if (!isKnown(row)) return { provider: row.provider, authMode: row.authMode };
  switch (row.authMode) {
    case 'assume-role':
      return { roleArn: row.roleArn };
    case 'access-key':
      return { accessKeyId: row.accessKeyId };
  }
}

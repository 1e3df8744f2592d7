import 'server-only';
import { createHash } from 'node:crypto';
import { fingerprint as canonical, type KeyConfiguration } from '../../byok/key-configuration.ts';
import { readPolicyShape } from '../../byok/policy-shape.ts';
import type { ConfigurationRow } from '../../db/key-store.ts';

type Values = Pick<
  ConfigurationRow,
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
export function toConfiguration(row: Values, key: { alias: string; description: string }): KeyConfiguration {
  const { region, accountId, keyArn, createsKey, dataKeyPair } = row;
  const policyShape = readPolicyShape(row.policyShape);
  const where = { provider: 'aws' as const, region, accountId, keyArn, createsKey };
  const common = { ...where, dataKeyPair, policyShape, ...words(key) };
  return row.authMode === 'access-key'
    ? { ...common, authMode: 'access-key', accessKeyId: row.accessKeyId, secretId: row.secretId ?? '' }
    : { ...common, authMode: 'assume-role', roleName: row.roleName, roleArn: row.roleArn };
}

function words({ alias, description }: { alias: string; description: string }) {
  return { alias, description };
}

/** Stored with a report, compared before anything is scheduled or put in force: SHA-256, hex, of the canonical text. */
export function fingerprintOf(row: Values, externalId: string): string {
  const text = canonical(toConfiguration(row, { alias: '', description: '' }), externalId);
  return createHash('sha256').update(text).digest('hex');
}

/** As whom we come, for the history: the role, or the access key by its ID. */
export function identityOf(row: Pick<Values, 'authMode' | 'roleArn' | 'accessKeyId'>): Record<string, string> {
  return row.authMode === 'access-key' ? { accessKeyId: row.accessKeyId } : { roleArn: row.roleArn };
}

import 'server-only';
import { createHash } from 'node:crypto';
import { fingerprint as canonical, type KeyConfiguration } from '../../byok/key-configuration.ts';
import type { ConfigurationRow } from '../../db/key-store.ts';

type Values = Pick<ConfigurationRow, 'region' | 'accountId' | 'roleName' | 'roleArn' | 'keyArn'>;

/** What the administrator has entered, as the self-test and the policies take it. */
export function toConfiguration(row: Values, key: { alias: string; description: string }): KeyConfiguration {
  return {
    provider: 'aws',
    authMode: 'assume-role',
    region: row.region,
    accountId: row.accountId,
    roleName: row.roleName,
    roleArn: row.roleArn,
    keyArn: row.keyArn,
    alias: key.alias,
    description: key.description,
  };
}

/** Stored with a report, compared before anything is scheduled or put in force: SHA-256, hex, of the canonical text. */
export function fingerprintOf(row: Values, externalId: string): string {
  const text = canonical(toConfiguration(row, { alias: '', description: '' }), externalId);
  return createHash('sha256').update(text).digest('hex');
}

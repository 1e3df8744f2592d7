import 'server-only';
import { createHash } from 'node:crypto';
import { fingerprintText, type Joined, readDraft } from '../byok/connection.ts';
import type { ConfigurationRow } from '../db/key-store.ts';
import type { TenantRecord } from '../db/tenant-store.ts';

export type Entered = Pick<ConfigurationRow, 'provider' | 'authMode' | 'entered' | 'secretId'>;
export type Whose = Pick<TenantRecord, 'id' | 'externalId'>;

/** What belongs to a configuration and was not entered. */
export function joinedOf({ secretId }: Pick<Entered, 'secretId'>, { id, externalId }: Whose): Joined {
  return { tenantId: id, externalId, secretId };
}

/** Stored with a report, compared before anything is scheduled or activated: SHA-256, hex, of the canonical text. */
export function fingerprintOf(row: Entered, tenant: Whose): string {
  const text = fingerprintText(readDraft(row), joinedOf(row, tenant));
  return createHash('sha256').update(text).digest('hex');
}

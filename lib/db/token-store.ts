import 'server-only';
import type { TokenAction, TokenRow } from '../byok/vendor-views.ts';
import type { Tx } from './client.ts';
import { db } from './client.ts';
import { databaseNow } from './database-clock.ts';

export type { TokenAction } from '../byok/vendor-views.ts';

export type TokenRecord = {
  id: string;
  tenantId: string;
  hint: string;
  actions: TokenAction[];
  lastUsedAt: Date | null;
};

/** A token that has not been revoked, by its SHA-256. */
export async function findTokenByHash(hash: Uint8Array): Promise<TokenRecord | undefined> {
  const row = await db().apiToken.findUnique({ where: { hash: new Uint8Array(hash) } });
  if (!row || row.revokedAt) return undefined;
  return {
    id: row.id,
    tenantId: row.tenantId,
    hint: row.hint,
    actions: toActions(row.actions),
    lastUsedAt: row.lastUsedAt,
  };
}

export async function touchToken(id: string, lastUsedAt: Date): Promise<void> {
  await db().apiToken.updateMany({ where: { id }, data: { lastUsedAt } });
}

export async function insertToken(
  tx: Tx,
  token: { tenantId: string; name: string; hint: string; hash: Uint8Array; actions: TokenAction[]; createdBy: string },
): Promise<TokenRow> {
  const row = await tx.apiToken.create({
    data: { ...token, hash: new Uint8Array(token.hash) },
    include: { tenant: true },
  });
  return toRow(row);
}

/** @returns the token as it was, or undefined where there is none that could still be revoked */
export async function revokeTokenRow(
  tx: Tx,
  id: string,
  by: string,
): Promise<{ tenantId: string; name: string } | undefined> {
  const row = await tx.apiToken.findUnique({ where: { id } });
  if (!row) return undefined;
  const changed = await tx.apiToken.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: databaseNow(), revokedBy: by },
  });
  return changed.count === 1 ? { tenantId: row.tenantId, name: row.name } : undefined;
}

export async function listTokenRows(): Promise<TokenRow[]> {
  return (await db().apiToken.findMany({ include: { tenant: true }, orderBy: { createdAt: 'desc' } })).map(toRow);
}

type Row = {
  id: string;
  name: string;
  hint: string;
  actions: string[];
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  tenant: { name: string };
};

function toRow(row: Row): TokenRow {
  return {
    id: row.id,
    tenantName: row.tenant.name,
    name: row.name,
    hint: row.hint,
    actions: toActions(row.actions),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

function toActions(values: string[]): TokenAction[] {
  return values.filter((value) => value === 'encrypt' || value === 'decrypt' || value === 'lease');
}

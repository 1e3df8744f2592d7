import { expect } from 'vitest';
import { db } from '../../../db/client.ts';
import { recordContext } from '../../../db/record-store.ts';
import { openItems } from '../../../envelope/open.ts';
import { freshSource, type RequestSource } from '../../../keyring/keyring.ts';
import type { Ledger } from './fleet.ts';
import { contextOf, textOf } from './messages.ts';

export type Verdict = {
  records: { total: number; open: number; missing: number };
  envelopes: { total: number; open: number };
  /** `whole`: it unwraps, by exactly one wrapping: the one that its app belongs to. */
  dataKeys: { total: number; whole: number };
};

/**
 * For tests, the end of each: every record opens and none that was stored is missing, every envelope that ever left
 * opens, and every data key has exactly one wrapping, the one that its app belongs to. Unwrapped past every cache.
 * @param expected what apps belong to: a version's ID, or null for the platform key
 */
export async function expectWhole(
  tenantId: string,
  ledger: Ledger,
  expected?: { versionId: string | null; except?: string[] },
): Promise<Verdict> {
  // What is written from now on may be looked at by half only.
  const written = { sealed: [...ledger.sealed], recordIds: new Set(ledger.recordIds) };
  const verdict = await judge(tenantId, written);
  const { records, envelopes, dataKeys } = verdict;
  expect(verdict).toEqual({
    records: { total: records.total, open: records.total, missing: 0 },
    envelopes: { total: envelopes.total, open: envelopes.total },
    dataKeys: { total: dataKeys.total, whole: dataKeys.total },
  });
  const apps = await db().app.findMany({ where: { tenantId }, include: { dataKeys: true } });
  for (const app of apps) {
    expect(app.dataKeys.filter((key) => key.state === 'current')).toHaveLength(1);
    if (expected) expect(app.keyVersionId).toBe(expected.except?.includes(app.id) ? null : expected.versionId);
  }
  expect(await db().dataKeyFailure.count({ where: { transition: { tenantId } } })).toBe(0);
  return verdict;
}

/** The same of the data keys alone, which is cheap. */
export async function expectOneWrapping(tenantId: string): Promise<void> {
  const source = freshSource();
  try {
    const { total, whole } = await judgeDataKeys(tenantId, source);
    expect(whole).toBe(total);
  } finally {
    source.close();
  }
}

async function judge(tenantId: string, ledger: Ledger): Promise<Verdict> {
  const source = freshSource();
  try {
    return {
      records: await judgeRecords(tenantId, ledger, source),
      envelopes: await judgeEnvelopes(tenantId, ledger, source),
      dataKeys: await judgeDataKeys(tenantId, source),
    };
  } finally {
    source.close();
  }
}

async function judgeRecords(tenantId: string, ledger: Ledger, source: RequestSource): Promise<Verdict['records']> {
  const rows = await db().appRecord.findMany({ where: { tenantId } });
  let open = 0;
  for (const [appId, records] of Map.groupBy(rows, (row) => row.appId)) {
    const items = records.map(({ id, envelope }) => ({ envelope, context: recordContext(id) }));
    const results = await openItems(source, { tenantId, appId }, items);
    open += results.filter((it, n) => it.ok && it.plaintext.toString() === textOf(records[n]?.id ?? '')).length;
  }
  const there = new Set(rows.map((row) => row.id));
  return { total: rows.length, open, missing: [...ledger.recordIds].filter((id) => !there.has(id)).length };
}

async function judgeEnvelopes(tenantId: string, ledger: Ledger, source: RequestSource): Promise<Verdict['envelopes']> {
  let open = 0;
  for (const [appId, sealed] of Map.groupBy(ledger.sealed, (item) => item.appId)) {
    const items = sealed.map((item) => ({ envelope: Buffer.from(item.envelope, 'base64'), context: contextOf(item) }));
    const results = await openItems(source, { tenantId, appId }, items);
    open += results.filter((it, n) => it.ok && it.plaintext.toString() === sealed[n]?.text).length;
  }
  return { total: ledger.sealed.length, open };
}

async function judgeDataKeys(tenantId: string, source: RequestSource): Promise<Verdict['dataKeys']> {
  const keys = await db().dataKey.findMany({ where: { tenantId }, include: { app: true, keyVersion: true } });
  let whole = 0;
  // One after the other: this is one process of many on a small machine.
  for (const { id, appId, app, keyVersionId, keyVersion, wrappingKeyId } of keys) {
    // Unwrapping names the key that the row names, and compares what comes back with the row's check value.
    const unwrapped = await source.byId({ tenantId, appId }, id);
    const named = keyVersion ? wrappingKeyId === keyVersion.pinnedKeyRef : !wrappingKeyId.startsWith('arn:');
    if (unwrapped && named && keyVersionId === app.keyVersionId) whole++;
  }
  return { total: keys.length, whole };
}

import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { evaluateCommand } from '../../byok/lifecycle.ts';
import type { ValidationView } from '../../byok/record-views.ts';
import { visible } from '../../byok/visible-text.ts';
import { listAppProtection, type ProtectedApp } from '../../db/app-store.ts';
import { type AppScope, findCurrentDataKey } from '../../db/data-key-store.ts';
import { findKey } from '../../db/key-store.ts';
import { listRecentRecords } from '../../db/record-store.ts';
import { listVersionNames } from '../../db/version-store.ts';
import { openRecords, refusalOf } from '../../key-lifecycle/open-records.ts';
import { freshSource, type RequestSource } from '../../keyring/keyring.ts';
import { liesUnder } from '../keys/app-protection.ts';
import { toHealthView } from '../keys/key-view.ts';
import { operation } from '../operation.ts';

/** How many of its newest records each app is asked for. */
const perApp = 5;
/** How many apps one run asks at most, those under the key first: a person waits for it. */
const maxApps = 200;

/**
 * Has the current data key of each app under the key unwrapped for real, past every cache, then opens recent records where
 * there are any, also of apps that only have older data under it. So AWS is asked where nothing is stored here, too. No
 * plaintext leaves; each answer counts for the key's health.
 */
export const validateApps = operation({
  name: 'validate-apps',
  permission: 'data.validate',
  limit: 'validate',
  input: z.object({ keyId: z.uuid() }),
  async run(context, { keyId }): Promise<ValidationView> {
    const key = await findKey(context.tenantId, keyId);
    if (!key) throw new Refusal('not-found');
    const decision = evaluateCommand('validate', key.state);
    if (!decision.allowed) throw new Refusal('not-allowed-in-state', { details: { reason: decision.reason } });
    const apps = await appsToAsk(context.tenantId, keyId);
    const source = freshSource();
    try {
      const rows: Row[] = [];
      const silent = new Map<string, Failure>();
      for (const app of apps) {
        const row = await validateApp(source, context.tenantId, app, keyId, silent.get(app.keyVersionId ?? ''));
        if (row.failure?.code === 'key-outage') silent.set(app.keyVersionId ?? '', row.failure);
        rows.push(row);
      }
      const version = (await findKey(context.tenantId, keyId))?.currentVersion;
      const health = version ? toHealthView(version, key.tenant.cacheTtlSeconds) : null;
      return await context.commit(async () => ({
        data: { at: context.now.toISOString(), apps: rows, health },
        audit: {
          target: keyId,
          after: {
            apps: rows.length,
            dataKeysUnwrapped: rows.filter(({ dataKey }) => dataKey === 'unwrapped').length,
            tried: total(rows, 'tried'),
            opened: total(rows, 'opened'),
          },
          providerRequestIds: source.providerRequestIds,
        },
      }));
    } finally {
      source.close();
    }
  },
});

type Row = ValidationView['apps'][number];
type Failure = Row['failure'];

async function appsToAsk(tenantId: string, keyId: string): Promise<ProtectedApp[]> {
  const [apps, versions] = await Promise.all([listAppProtection(tenantId), listVersionNames(tenantId)]);
  const concerned = apps.filter((app) => liesUnder(app, keyId, versions));
  return concerned.sort((a, b) => Number(b.keyId === keyId) - Number(a.keyId === keyId)).slice(0, maxApps);
}

/** @param silent the failure of a key that has just not answered: it is not waited for again for each of its apps */
async function validateApp(
  source: RequestSource,
  tenantId: string,
  app: ProtectedApp,
  keyId: string,
  silent: Failure = null,
): Promise<Row> {
  const began = performance.now();
  const callsBefore = source.providerRequestIds.length;
  const scope = { tenantId, appId: app.id };
  const current = app.keyId === keyId ? await findCurrentDataKey(scope) : undefined;
  let failure: Failure = silent;
  if (current && !failure) failure = await unwrapCurrent(source, scope, current.id);
  const dataKey = current ? (failure ? 'not-unwrapped' : 'unwrapped') : 'none';
  const records = await listRecentRecords(scope, perApp);
  // Records may lie under another version than the current data key; a key that does not answer is not waited for again.
  const results = failure?.code === 'key-outage' ? [] : await openRecords(source, records);
  let opened = 0;
  for (const result of results) {
    if (result.ok) {
      opened++;
      result.plaintext.fill(0);
    } else failure ??= refusalOf(result.error);
  }
  return {
    appId: app.id,
    name: visible(app.name),
    kind: app.kind,
    protectedBy: app.versionNumber === null ? 'Platform key' : `Version ${app.versionNumber}`,
    dataKey,
    tried: records.length,
    opened,
    failure,
    providerRequestIds: source.providerRequestIds.slice(callsBefore),
    durationMs: Math.round(performance.now() - began),
  };
}

/** The source unwraps a data key each time that it is asked for it. */
async function unwrapCurrent(source: RequestSource, scope: AppScope, dataKeyId: string): Promise<Failure> {
  try {
    await source.byId(scope, dataKeyId);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return refusalOf(error);
  }
}

function total(rows: Row[], of: 'tried' | 'opened'): number {
  return rows.reduce((sum, row) => sum + row[of], 0);
}

import { z } from 'zod';
import { Refusal } from '../byok/errors.ts';
import { judge } from '../byok/lifecycle.ts';
import type { ValidationView } from '../byok/record-views.ts';
import { visible } from '../byok/shown-text.ts';
import { listAppProtection, type ProtectedApp } from '../db/app-store.ts';
import { findKey } from '../db/key-store.ts';
import { listRecentRecords } from '../db/record-store.ts';
import { freshSource, type RequestSource } from '../keyring/keyring.ts';
import { operation } from './operation.ts';
import { toHealthView } from './parts/key-view.ts';
import { openRecords, refusalOf } from './parts/open-records.ts';

/** How many of its newest records each app is asked for. */
const perApp = 5;
/** How many apps one run asks at most, those under the key first: a person waits for it. */
const maxApps = 200;

/**
 * Opens recent records of each app for real, past every cache, and says which opened: those under the key, and those
 * that stayed on the platform key. No plaintext leaves; what is seen of the key becomes its health as last seen.
 */
export const validateApps = operation({
  name: 'validate-apps',
  permission: 'data.validate',
  limit: 'validate',
  input: z.object({ keyId: z.uuid() }),
  async run(context, { keyId }): Promise<ValidationView> {
    const key = await findKey(context.tenantId, keyId);
    if (!key) throw new Refusal('not-found');
    const verdict = judge('validate', key.state);
    if (!verdict.allowed) throw new Refusal('not-allowed-in-state', { details: { reason: verdict.reason } });
    const apps = await appsToAsk(context.tenantId, keyId);
    const source = freshSource();
    try {
      const rows: Row[] = [];
      const silent = new Map<string, Failure>();
      for (const app of apps) {
        const row = await validateApp(source, context.tenantId, app, silent.get(app.keyVersionId ?? ''));
        if (row.failure?.code === 'key-outage') silent.set(app.keyVersionId ?? '', row.failure);
        rows.push(row);
      }
      const health = (await findKey(context.tenantId, keyId))?.currentVersion;
      return await context.commit(async () => ({
        data: { at: context.now.toISOString(), apps: rows, health: health ? toHealthView(health) : null },
        audit: {
          target: keyId,
          after: { apps: rows.length, tried: total(rows, 'tried'), opened: total(rows, 'opened') },
          awsRequestIds: source.awsRequestIds,
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
  const apps = (await listAppProtection(tenantId)).filter((app) => app.records > 0);
  const [under, others] = [apps.filter((app) => app.keyId === keyId), apps.filter((app) => app.keyId !== keyId)];
  return [...under, ...others].slice(0, maxApps);
}

/** @param silent the failure of a key that has just not answered: it is not waited for again for each of its apps */
async function validateApp(
  source: RequestSource,
  tenantId: string,
  app: ProtectedApp,
  silent: Failure = null,
): Promise<Row> {
  const began = performance.now();
  const callsBefore = source.awsRequestIds.length;
  const records = await listRecentRecords({ tenantId, appId: app.id }, perApp);
  const results = silent ? [] : await openRecords(source, records);
  let opened = 0;
  let failure: Failure = silent;
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
    tried: records.length,
    opened,
    failure,
    awsRequestIds: source.awsRequestIds.slice(callsBefore),
    durationMs: Math.round(performance.now() - began),
  };
}

function total(rows: Row[], of: 'tried' | 'opened'): number {
  return rows.reduce((sum, row) => sum + row[of], 0);
}

import { z } from 'zod';
import { Refusal } from '../byok/errors.ts';
import { judge } from '../byok/lifecycle.ts';
import type { ValidationView } from '../byok/views.ts';
import { type AppRecordCounts, listAppProtection, listSelectedApps } from '../db/app-store.ts';
import { findKey, scheduledOf } from '../db/key-store.ts';
import { listRecentRecords } from '../db/record-store.ts';
import { freshSource, type RequestSource } from '../keyring/keyring.ts';
import { operation } from './operation.ts';
import { toHealthView } from './parts/key-view.ts';
import { openRecords, refusalOf } from './parts/open-records.ts';

/** How many of its newest records each app is asked for. */
const perApp = 5;

/**
 * Opens recent records of each app of a key for real, past every cache, and says which opened. No plaintext leaves;
 * what is seen of the key becomes its health as last seen.
 */
export const validateApps = operation({
  name: 'validate-apps',
  permission: 'data.validate',
  input: z.object({ keyId: z.uuid() }),
  async run(context, { keyId }): Promise<ValidationView> {
    const key = await findKey(context.tenantId, keyId);
    const scheduled = key && scheduledOf(key);
    if (!key || !scheduled) throw new Refusal('not-found');
    const verdict = judge('validate', key.state);
    if (!verdict.allowed) throw new Refusal('not-allowed-in-state', { details: { reason: verdict.reason } });
    const selected = await listSelectedApps(scheduled.id);
    const apps = (await listAppProtection(context.tenantId)).filter((app) => selected.has(app.id) && app.records > 0);
    const source = freshSource();
    try {
      const rows: ValidationView['apps'] = [];
      for (const app of apps) rows.push(await validateApp(source, context.tenantId, app));
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

async function validateApp(
  source: RequestSource,
  tenantId: string,
  app: AppRecordCounts,
): Promise<ValidationView['apps'][number]> {
  const began = performance.now();
  const callsBefore = source.awsRequestIds.length;
  const records = await listRecentRecords({ tenantId, appId: app.id }, perApp);
  const results = await openRecords(source, records);
  let opened = 0;
  let failure: ValidationView['apps'][number]['failure'] = null;
  for (const result of results) {
    if (result.ok) {
      opened++;
      result.plaintext.fill(0);
    } else failure ??= refusalOf(result.error);
  }
  return {
    appId: app.id,
    name: app.name,
    kind: app.kind,
    protectedBy: app.versionNumber === null ? 'Platform key' : `Version ${app.versionNumber}`,
    tried: records.length,
    opened,
    failure,
    awsRequestIds: source.awsRequestIds.slice(callsBefore),
    durationMs: Math.round(performance.now() - began),
  };
}

function total(rows: ValidationView['apps'], of: 'tried' | 'opened'): number {
  return rows.reduce((sum, row) => sum + row[of], 0);
}

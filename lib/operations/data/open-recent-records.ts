import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import type { OpenedRecord } from '../../byok/record-views.ts';
import { findApp } from '../../db/app-store.ts';
import { listRecentRecords } from '../../db/record-store.ts';
import { openRecords, refusalOf } from '../../key-lifecycle/open-records.ts';
import { freshSource } from '../../keyring/keyring.ts';
import { operation } from '../operation.ts';

const limit = 10;

/** The newest messages of one app in plaintext, for an administrator of its tenant who asked for them. Audited. */
export const openRecentRecords = operation({
  name: 'open-recent-records',
  permission: 'data.open',
  limit: 'open',
  input: z.object({ appId: z.uuid() }),
  async run(context, { appId }): Promise<{ records: OpenedRecord[] }> {
    const app = await findApp(context.tenantId, appId);
    if (!app) throw new Refusal('not-found');
    const source = freshSource();
    try {
      const rows = await listRecentRecords({ tenantId: context.tenantId, appId }, limit);
      const results = await openRecords(source, rows);
      const records: OpenedRecord[] = [];
      for (const [index, result] of results.entries()) {
        const row = rows[index];
        if (!result.ok)
          throw result.error instanceof Refusal
            ? result.error
            : new Refusal(refusalOf(result.error).code, { cause: result.error });
        if (row)
          records.push({
            id: row.id,
            createdAt: row.createdAt.toISOString(),
            plaintext: result.plaintext.toString('utf8'),
          });
        result.plaintext.fill(0);
      }
      return await context.commit(async () => ({
        data: { records },
        audit: {
          target: appId,
          after: { app: app.name, records: records.length },
          awsRequestIds: source.awsRequestIds,
        },
      }));
    } finally {
      source.close();
    }
  },
});

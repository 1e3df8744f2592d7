/** For tests: what became of a tenant's data, counted by opening all of it. */
import { db } from '../../db/client.ts';
import { recordContext } from '../../db/record-store.ts';
import { openItems } from '../../envelope/open.ts';
import { freshSource } from '../../keyring/keyring.ts';

export type Census = {
  records: number;
  /** Records that opened. */
  open: number;
  dataKeys: number;
  /** By what wraps them: "platform" or a key version's ID. */
  wrappedBy: Record<string, number>;
  /** Records under a data key that is not its app's current one. */
  underOldKeys: number;
};

export async function takeCensus(tenantId: string): Promise<Census> {
  const rows = await db().appRecord.findMany({ where: { tenantId }, include: { dataKey: true } });
  const source = freshSource();
  let open = 0;
  try {
    for (const [appId, records] of Map.groupBy(rows, (row) => row.appId)) {
      const results = await openItems(
        source,
        { tenantId, appId },
        records.map((record) => ({ envelope: record.envelope, context: recordContext(record.id) })),
      );
      open += results.filter((result) => result.ok && result.plaintext.toString().startsWith('message ')).length;
    }
  } finally {
    source.close();
  }
  const keys = await db().dataKey.findMany({ where: { tenantId } });
  const wrappedBy: Record<string, number> = {};
  for (const key of keys)
    wrappedBy[key.keyVersionId ?? 'platform'] = (wrappedBy[key.keyVersionId ?? 'platform'] ?? 0) + 1;
  return {
    records: rows.length,
    open,
    dataKeys: keys.length,
    wrappedBy,
    underOldKeys: rows.filter((row) => row.dataKey.state === 'old').length,
  };
}

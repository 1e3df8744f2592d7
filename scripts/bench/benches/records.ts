import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Readings } from '../bench.ts';
import { environmentOf } from '../children.ts';
import { inProcessKey } from '../in-process-keys.ts';
import { rotate } from '../rotate.ts';
import { connect, seedDataKeys, seedRecords, seedTenant } from '../seed.ts';
import { timeUpdate } from '../time-update.ts';
import { keyArnOf, noConnection } from './rewrap-in-process.ts';

const apps = 100;
const bytes = 1024;

/** A tenant with many records: rotating it writes none of them, re-encrypting it writes all. */
export const records: Bench = {
  name: 'records',
  async prepare(lab) {
    const count = Math.max(apps, Math.round(1_000_000 * lab.scale));
    const keys = { from: randomBytes(32).toString('base64'), to: randomBytes(32).toString('base64') };
    const env = environmentOf();
    const template = await lab.makeTemplate(async ({ ownerUrl }) => {
      const client = await connect(ownerUrl);
      const tenant = await seedTenant(client, { apps, connection: { ...noConnection, keyArn: keyArnOf(1) } });
      const dataKeys = await seedDataKeys(client, tenant, { perApp: 1, provider: inProcessKey(keys.from) });
      await seedRecords(client, tenant, dataKeys, { count, bytes });
      await client.end();
      return tenant;
    });
    const tenant = template.seeded;

    const rotation = (reencrypt: boolean) => () =>
      template.onClone(async ({ appUrl }): Promise<Readings> => {
        const to = { ...noConnection, keyArn: keyArnOf(2) };
        const at = { env, databaseUrl: appUrl, signal: lab.signal };
        const done = await rotate({ tenant, to, reencrypt, inProcess: keys }, at);
        const written = await countWritten(appUrl);
        if (reencrypt && written !== count) throw new Error(`${written} of ${count} records were re-encrypted.`);
        const { seconds, cpuSeconds, peakMb, kmsCalls } = done;
        const cpuPerRecord = (cpuSeconds * 1e6) / count;
        return { seconds, rate: count / seconds, cpuPerRecord, written, peakMb, kmsCalls };
      });
    const update = () =>
      template.onClone(async ({ appUrl }) => {
        // What re-encrypting writes, as far as a server can by itself: as many bytes, other ones, under another data key of
        // the same app, and another revision.
        await spareDataKeys(appUrl, tenant.tenantId);
        const { seconds } = await timeUpdate(
          appUrl,
          count,
          `UPDATE app_record r SET data_key_id = d.id, envelope = set_byte(r.envelope, 41, 255 - get_byte(r.envelope, 41)), revision = r.revision + 1
             FROM data_key d WHERE d.app_id = r.app_id AND d.state = 'old' AND r.tenant_id = $1`,
          [tenant.tenantId],
        );
        return { rate: count / seconds };
      });
    return {
      setting: `${count} records of ${bytes} bytes under ${apps} data keys, wrapping keys held in the worker's process`,
      sides: { rotation: rotation(false), reencryption: rotation(true), update },
      figures: [
        {
          title: 'Re-encryption of records, against one UPDATE',
          goal: { least: 0.25 },
          ours: { side: 'reencryption', reading: 'rate', unit: 'records/s' },
          against: { side: 'update', reading: 'rate', unit: 'rows/s' },
        },
        {
          title: 'Rotation, times faster than re-encryption',
          goal: { least: 50 },
          ours: { side: 'rotation', reading: 'seconds', unit: 's' },
          against: { side: 'reencryption', reading: 'seconds', unit: 's' },
          turned: true,
        },
        {
          title: 'Record rows written by a rotation',
          goal: { most: 0 },
          ours: { side: 'rotation', reading: 'written', unit: 'rows' },
        },
      ],
      notes: [
        { title: 'KMS calls of a rotation of 100 data keys', side: 'rotation', reading: 'kmsCalls', unit: 'calls' },
        { title: 'CPU time of the worker per record', side: 'reencryption', reading: 'cpuPerRecord', unit: 'µs' },
        { title: 'Peak memory of the worker that re-encrypts', side: 'reencryption', reading: 'peakMb', unit: 'MB' },
      ],
      close: () => template.drop(),
    };
  },
};

/** Rows of app_record that were inserted, changed or deleted in this clone, as PostgreSQL counts them. */
async function countWritten(url: string): Promise<number> {
  const client = await connect(url);
  try {
    // A session hands in what it has counted when it ends.
    for (;;) {
      const { rows } = await client.query<{ others: number }>(
        `SELECT count(*)::int AS others FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      );
      if (rows[0]?.others === 0) break;
      await sleep(50);
    }
    const { rows } = await client.query<{ written: number }>(
      "SELECT (n_tup_ins + n_tup_upd + n_tup_del)::int AS written FROM pg_stat_user_tables WHERE relname = 'app_record'",
    );
    return rows[0]?.written ?? Number.NaN;
  } finally {
    await client.end();
  }
}

/** For each data key another one of the same app, which opens nothing. */
async function spareDataKeys(url: string, tenantId: string): Promise<void> {
  const client = await connect(url);
  await client.query(
    `INSERT INTO data_key (id, tenant_id, app_id, state, key_version_id, wrapped, wrapping_key_id, check_value)
     SELECT gen_random_uuid(), tenant_id, app_id, 'old', key_version_id, wrapped, wrapping_key_id, check_value FROM data_key
      WHERE tenant_id = $1`,
    [tenantId],
  );
  await client.end();
}

import { randomBytes } from 'node:crypto';
import type { Bench } from '../bench.ts';
import { environmentOf } from '../children.ts';
import { inProcessKey } from '../in-process-keys.ts';
import { rotate } from '../rotate.ts';
import { connect, seedDataKeys, seedTenant } from '../seed.ts';
import { timeUpdate } from '../time-update.ts';

const apps = 100;

/** A wrapping key that nobody calls: the bench holds it in the process that works. */
export const noConnection = {
  region: 'us-east-1',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  externalId: 'kw-bench',
} as const;
export const keyArnOf = (n: number) => `arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-00000000000${n}`;

/** How fast data keys move where no key service is waited for: all that is measured is ours and the database's. */
export const rewrapInProcess: Bench = {
  name: 'rewrap-in-process',
  async prepare(lab) {
    const perApp = Math.max(1, Math.round((100_000 * lab.scale) / apps));
    const rows = perApp * apps;
    const keys = { from: randomBytes(32).toString('base64'), to: randomBytes(32).toString('base64') };
    const env = environmentOf();
    const template = await lab.makeTemplate(async ({ ownerUrl }) => {
      const client = await connect(ownerUrl);
      const tenant = await seedTenant(client, { apps, connection: { ...noConnection, keyArn: keyArnOf(1) } });
      await seedDataKeys(client, tenant, { perApp, provider: inProcessKey(keys.from) });
      await client.end();
      return tenant;
    });
    const tenant = template.seeded;

    const rewrap = () =>
      template.onClone(async ({ appUrl }) => {
        const to = { ...noConnection, keyArn: keyArnOf(2) };
        const at = { env, databaseUrl: appUrl, signal: lab.signal };
        const done = await rotate({ tenant, to, reencrypt: false, inProcess: keys }, at);
        const { seconds, cpuSeconds, kmsCalls, peakMb } = done;
        return { rate: rows / seconds, cpuPerKey: (cpuSeconds * 1e6) / rows, calls: kmsCalls / rows, peakMb };
      });
    const update = () =>
      template.onClone(async ({ appUrl }) => {
        // Every column that a rewrap writes, and another value in each: the version's, too, is resolved by the foreign key.
        const { seconds } = await timeUpdate(
          appUrl,
          rows,
          `UPDATE data_key SET key_version_id = $2, wrapped = set_byte(wrapped, 12, 255 - get_byte(wrapped, 12)),
                               wrapping_key_id = reverse(wrapping_key_id), revision = revision + 1
            WHERE tenant_id = $1`,
          [tenant.tenantId, tenant.otherVersionId],
        );
        return { rate: rows / seconds };
      });
    return {
      setting: `${rows} data keys of ${apps} apps, between two wrapping keys held in the worker's process`,
      sides: { rewrap, update },
      figures: [
        {
          title: 'Rewrap in the process, against one UPDATE',
          goal: { least: 0.25 },
          ours: { side: 'rewrap', reading: 'rate', unit: 'data keys/s' },
          against: { side: 'update', reading: 'rate', unit: 'rows/s' },
        },
      ],
      notes: [
        { title: 'Calls to wrapping keys per data key', side: 'rewrap', reading: 'calls', unit: 'calls' },
        { title: 'CPU time of the worker per data key', side: 'rewrap', reading: 'cpuPerKey', unit: 'µs' },
        { title: 'Peak memory of the worker that rewraps', side: 'rewrap', reading: 'peakMb', unit: 'MB' },
      ],
      close: () => template.drop(),
    };
  },
};

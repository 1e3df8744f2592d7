import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataKey } from '#lib/envelope/data-key.ts';
import type { Bench } from '../bench.ts';
import { type Child, environmentOf, startChild } from '../children.ts';
import { inProcessKey } from '../in-process-keys.ts';
import type { ReadAnswer, ReadCommand, Sealed } from '../read-process.ts';
import { startWorker } from '../rotate.ts';
import { connect, type SeededKey, type SeededTenant, seedDataKeys, seedTenant } from '../seed.ts';
import { keyArnOf, noConnection } from './rewrap-in-process.ts';

const apps = 100;
const perSecond = 100;
const idleMs = 6_000;
type Reader = Child<ReadCommand, ReadAnswer>;

/** What readers notice of a rewrap at full speed that goes through the very data keys that they read with. */
export const reading: Bench = {
  name: 'reading',
  async prepare(lab) {
    const perApp = Math.max(1, Math.round((100_000 * lab.scale) / apps));
    const keys = { from: randomBytes(32).toString('base64'), to: randomBytes(32).toString('base64') };
    const env = environmentOf();
    const template = await lab.makeTemplate(async ({ ownerUrl }) => {
      const client = await connect(ownerUrl);
      const tenant = await seedTenant(client, { apps, connection: { ...noConnection, keyArn: keyArnOf(1) } });
      const dataKeys = await seedDataKeys(client, tenant, { perApp, provider: inProcessKey(keys.from) });
      await client.end();
      return { tenant, sealed: sealSome(tenant, dataKeys) };
    });
    const { tenant, sealed } = template.seeded;

    /** A reader that is warm, and whatever runs beside it. */
    const readDuring = (work: (reader: Reader, databaseUrl: string) => Promise<void>) =>
      template.onClone(async ({ appUrl }) => {
        const reader = await startChild<ReadCommand, ReadAnswer>(
          'read-process.ts',
          { ...env, DATABASE_URL: appUrl },
          lab.signal,
        );
        await reader.ask({ do: 'hold', versionId: tenant.versionId, rootKey: keys.from });
        const start = { do: 'start', bearer: tenant.bearer, sealed, perSecond } as const;
        await reader.ask(start);
        await sleep(2_500);
        await reader.ask({ do: 'stop' });
        await work(reader, appUrl);
        const { p50, p99, longest, reads } = await reader.ask({ do: 'stop' });
        await reader.end();
        return { p50, p99, longest, reads };
      });
    const start = { do: 'start', bearer: tenant.bearer, sealed, perSecond } as const;
    return {
      setting: `${perSecond} reads a second under ${sealed.length} of ${apps * perApp} data keys, the worker in a process of its own at full speed`,
      sides: {
        idle: () =>
          readDuring(async (reader) => {
            await reader.ask(start);
            await sleep(idleMs);
          }),
        rewrapping: () =>
          readDuring(async (reader, databaseUrl) => {
            const worker = await startWorker(env, databaseUrl, lab.signal);
            const to = { ...noConnection, keyArn: keyArnOf(2) };
            const rotation = { tenant, to, reencrypt: false, inProcess: keys };
            const { transitionId, versionId } = await worker.ask({ do: 'begin', rotation });
            await reader.ask({ do: 'hold', versionId, rootKey: keys.to });
            await reader.ask(start);
            await worker.ask({ do: 'run', transitionId });
            await worker.end();
          }),
      },
      figures: [
        {
          title: 'Reading, p99 while a rewrap runs, against idle',
          goal: { most: 3 },
          ours: { side: 'rewrapping', reading: 'p99', unit: 'ms' },
          against: { side: 'idle', reading: 'p99', unit: 'ms' },
        },
      ],
      notes: [
        { title: 'Reading, median while a rewrap runs', side: 'rewrapping', reading: 'p50', unit: 'ms' },
        { title: 'Reading, median when idle', side: 'idle', reading: 'p50', unit: 'ms' },
      ],
      close: () => template.drop(),
    };
  },
};

/** Envelopes that a service of the vendor's keeps, under data keys old and current. */
function sealSome({ tenantId }: SeededTenant, keys: readonly SeededKey[]): Sealed[] {
  const step = Math.max(1, Math.floor(keys.length / 500));
  return keys
    .filter((_, n) => n % step === 0)
    .map(({ id, appId, raw }) => {
      const key = DataKey.fromRaw({ id, tenantId, appId, raw });
      const context = { table: 'bench' };
      const envelope = key.seal(randomBytes(256), context).toString('base64');
      key.destroy();
      return { appId, envelope, context };
    });
}

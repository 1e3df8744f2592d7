import { createAwsProvider } from '#lib/kms/aws/provider.ts';
import type { Bench } from '../../bench.ts';
import { environmentOf } from '../../children.ts';
import { rotate } from '../../rotate.ts';
import { type Connection, connect, type SeededTenant, seedDataKeys, seedTenant } from '../../seed.ts';
import { type BenchSimulator, startSimulator } from '../../simulator.ts';

const apps = 20;
const callMs = 50;
/** At each of the two keys: 20 in all. */
const callsAtOnce = 10;

/** How well the calls that a key service allows at once are used, where each of them takes its time. */
export const rewrapKms: Bench = {
  name: 'rewrap-kms',
  async prepare(lab) {
    const perApp = Math.max(1, Math.round((2_000 * lab.scale) / apps));
    const rows = perApp * apps;
    const simulator = await startSimulator();
    const [from, to] = [await simulator.makeKey('from'), await simulator.makeKey('to')];
    const env = environmentOf({ ...simulator.env, KEYWARD_REWRAP_CALLS_AT_ONCE: String(callsAtOnce) });
    const template = await lab.makeTemplate(async ({ ownerUrl }) => {
      const client = await connect(ownerUrl);
      const tenant = await seedTenant(client, { apps, connection: from });
      await wrapAtSimulator(simulator, from, tenant, async (provider) => {
        await seedDataKeys(client, tenant, { perApp, provider, atOnce: 16 });
      });
      await client.end();
      return tenant;
    });

    const rewrap = () =>
      template.onClone(async ({ appUrl: databaseUrl }) => {
        await simulator.forgetCalls();
        await simulator.slowDown(callMs);
        const at = { env, databaseUrl, signal: lab.signal };
        const { seconds, cpuSeconds, peakMb } = await rotate({ tenant: template.seeded, to, reencrypt: false }, at);
        await simulator.slowDown(0);
        const [unwrapping, wrapping] = [await simulator.countCalls(from.keyArn), await simulator.countCalls(to.keyArn)];
        // Fresh data keys are not moved ones: one GenerateDataKey, read back.
        const calls = (unwrapping + wrapping - 2 * apps) / rows;
        // Each key allows its calls at once: whichever is called more often says how long it has to take at least.
        const least = (Math.max(unwrapping, wrapping) * callMs) / 1000 / callsAtOnce;
        const total = unwrapping + wrapping;
        return { seconds, least, calls, cpuPerCall: (cpuSeconds * 1000) / total, peakMb, total };
      });
    return {
      setting: `${rows} data keys of ${apps} apps, ${callMs} ms per call, ${2 * callsAtOnce} in flight, half of them at each key`,
      sides: { rewrap },
      figures: [
        {
          title: 'Rewrap by KMS, share of what the calls allow',
          goal: { least: 0.8 },
          ours: { side: 'rewrap', reading: 'seconds', unit: 's' },
          against: { side: 'rewrap', reading: 'least', unit: 's at least' },
          turned: true,
        },
        {
          title: 'KMS calls per data key',
          goal: { most: 3 },
          ours: { side: 'rewrap', reading: 'calls', unit: 'calls' },
        },
      ],
      notes: [
        { title: `KMS calls of a rewrap of ${rows} data keys`, side: 'rewrap', reading: 'total', unit: 'calls' },
        { title: 'CPU time of the worker per KMS call', side: 'rewrap', reading: 'cpuPerCall', unit: 'ms' },
        { title: 'Peak memory of the worker that waits for KMS', side: 'rewrap', reading: 'peakMb', unit: 'MB' },
      ],
      async close() {
        simulator.close();
        await template.drop();
      },
    };
  },
};

/** With the environment of a process that is led to the simulator, as long as it takes. */
async function wrapAtSimulator(
  simulator: BenchSimulator,
  connection: Connection,
  { tenantId }: SeededTenant,
  work: (provider: ReturnType<typeof createAwsProvider>) => Promise<void>,
): Promise<void> {
  const before = { ...process.env };
  Object.assign(process.env, simulator.env);
  const { roleArn, externalId, ...rest } = connection;
  const access = { mode: 'assume-role', roleArn, externalId } as const;
  const provider = createAwsProvider({ ...rest, access, tenantId, revision: 'seed' });
  try {
    await work(provider);
  } finally {
    provider.close();
    for (const name of Object.keys(simulator.env)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

import { randomBytes } from 'node:crypto';
import type { Bench, Figure, Note, Readings } from '../bench.ts';
import { environmentOf, startChild } from '../children.ts';
import type { DataPlaneAnswer, DataPlaneCommand } from '../data-plane-process.ts';
import { inProcessKey } from '../in-process-keys.ts';
import type { LoadAnswer, LoadCommand } from '../load-process.ts';
import { connect, seedDataKeys, seedTenant } from '../seed.ts';
import { keyArnOf, noConnection } from './rewrap-in-process.ts';

const itemBytes = 1_024;
const runMs = 3_000;
/** Until what runs often has been compiled for good, on both sides. */
const warmUpMs = 6_000;
const sizes = { one: { items: 1, connections: 32 }, hundred: { items: 100, connections: 8 } } as const;

/** Encrypting over HTTP, warm, against node:http alone: both servers and whoever asks them are processes of their own. */
export const dataPlane: Bench = {
  name: 'data-plane',
  rounds: 9,
  async prepare(lab) {
    const rootKey = randomBytes(32).toString('base64');
    const template = await lab.makeTemplate(async ({ ownerUrl }) => {
      const client = await connect(ownerUrl);
      const tenant = await seedTenant(client, { apps: 1, connection: { ...noConnection, keyArn: keyArnOf(1) } });
      await seedDataKeys(client, tenant, { perApp: 1, provider: inProcessKey(rootKey) });
      await client.query(`UPDATE api_token SET actions = '{encrypt,decrypt}'`);
      await client.end();
      return tenant;
    });
    const tenant = template.seeded;
    const closed = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<Servers>();
    const living = template
      .onClone(async ({ appUrl }) => {
        const servers = await startServers({ ...environmentOf(), DATABASE_URL: appUrl }, lab.signal);
        await servers.ours.ask({ do: 'listen', versionId: tenant.versionId, rootKey, perSecond: 1_000_000 });
        opened.resolve(servers);
        await closed.promise;
        for (const process of [servers.load, servers.ours, servers.bare]) await process.end();
      })
      .catch((error: unknown) => opened.reject(error));
    const servers = await opened.promise;
    const headers = { authorization: `Bearer ${tenant.bearer}`, 'content-type': 'application/json' };
    const path = `/api/v1/apps/${tenant.appIds[0]}/encrypt`;
    const run = (which: 'ours' | 'bare', size: keyof typeof sizes, ms = runMs * lab.scale) =>
      ask(servers, which, { ...sizes[size], path, headers, ms });
    for (const which of ['ours', 'bare'] as const)
      for (const size of ['one', 'hundred'] as const) await run(which, size, warmUpMs * lab.scale);
    return {
      setting: `${itemBytes} bytes an item with a context of two pairs; one item over ${sizes.one.connections} connections, 100 over ${sizes.hundred.connections}, ${runMs / 1_000} s a run`,
      sides: {
        'data plane, 1': () => run('ours', 'one'),
        'node:http, 1': () => run('bare', 'one'),
        'data plane, 100': () => run('ours', 'hundred'),
        'node:http, 100': () => run('bare', 'hundred'),
      },
      figures: [
        figure('Data plane, 1 KiB encrypt, one item a request, against bare node:http', '1', 0.65, 'requests/s'),
        figure('Data plane, 1 KiB encrypt, 100 items a request, against bare node:http', '100', 0.8, 'items/s'),
      ],
      notes: ['1', '100'].flatMap((count): Note[] => [
        {
          title: `Processor time, data plane, ${count} a request`,
          side: `data plane, ${count}`,
          reading: 'cpu',
          unit: 'µs',
        },
        {
          title: `Processor time, node:http, ${count} a request`,
          side: `node:http, ${count}`,
          reading: 'cpu',
          unit: 'µs',
        },
        {
          title: `Share of a processor that asking took, ${count} a request`,
          side: `node:http, ${count}`,
          reading: 'asking',
          unit: '',
        },
      ]),
      close: async () => {
        closed.resolve();
        await living;
        await template.drop();
      },
    };
  },
};

type Servers = Awaited<ReturnType<typeof startServers>>;

async function startServers(env: NodeJS.ProcessEnv, signal: AbortSignal) {
  return {
    ours: await startChild<DataPlaneCommand, DataPlaneAnswer>('data-plane-process.ts', env, signal),
    bare: await startChild<{ do: 'cpu' }, DataPlaneAnswer>('bare-process.ts', env, signal),
    load: await startChild<LoadCommand, LoadAnswer>('load-process.ts', env, signal),
  };
}

type Asking = { items: number; connections: number; path: string; headers: Record<string, string>; ms: number };

async function ask(servers: Servers, which: 'ours' | 'bare', asking: Asking): Promise<Readings> {
  const server = servers[which];
  const { url } = await server.ask({ do: 'cpu' });
  const items = Array.from({ length: asking.items }, () => ({
    plaintext: randomBytes(itemBytes).toString('base64'),
    context: { table: 'message', record: '0f8fad5b-d9cb-469f-a165-70867728950e' },
  }));
  const { connections, path, headers, ms } = asking;
  const body = JSON.stringify({ items });
  const { answers, seconds, cpuMs } = await servers.load.ask({ do: 'load', url, path, headers, body, connections, ms });
  const used = await server.ask({ do: 'cpu' });
  return {
    rate: (answers * asking.items) / seconds,
    cpu: (used.cpuMs * 1_000) / answers,
    asking: cpuMs / 1_000 / seconds,
  };
}

function figure(title: string, count: string, least: number, unit: string): Figure {
  return {
    title,
    goal: { least },
    ours: { side: `data plane, ${count}`, reading: 'rate', unit },
    against: { side: `node:http, ${count}`, reading: 'rate', unit },
  };
}

/** Processes of production come and go behind a balancer, and nobody notices. Needs no browser, but the build. */
import { spawnSync } from 'node:child_process';
import { request } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { hasNginx, type Nginx, startBalancer, startNginx } from './tasks/balancer.ts';
import { freePorts, type Installation, makeInstallation, type Server, statusOf } from './tasks/serving-installation.ts';

test.describe.configure({ mode: 'serial', timeout: 240_000 });

let installation: Installation;
let ports: number[];
let web: Server[];
let planes: Server[];

test.beforeAll(async () => {
  installation = await makeInstallation({ drainSeconds: 4 });
  ports = await freePorts(9);
  const [a = 0, b = 0, c = 0, d = 0] = ports;
  web = [await installation.start('start', a), await installation.start('start', b)];
  planes = [await installation.start('data-plane', c), await installation.start('data-plane', d)];
});
const nginxes: Nginx[] = [];
test.afterAll(async () => {
  for (const nginx of nginxes) await nginx.close();
  await installation?.close();
});

test('a rolling restart of all processes loses no request behind a balancer that asks for their health', async () => {
  const balancers = [await startBalancer(web, ports[4] ?? 0), await startBalancer(planes, ports[5] ?? 0)] as const;
  const traffic = keepAsking(balancers[0].url, balancers[1].url);
  const isOut = async (server: Server) => {
    server.child.kill('SIGTERM');
    // First it says so; it is there as long as a balancer may not have heard of it.
    await expect.poll(() => statusOf(server.health), { intervals: [20] }).toBe(503);
    await server.ended;
  };
  const [forWeb, forPlanes] = balancers;
  // The next one goes only when the balancer has heard that the one before is back: else it may find none good.
  for (const at of [0, 1])
    await Promise.all([
      replace(web, at, isOut).then(() => forWeb.hasGood(web[at]?.url ?? '')),
      replace(planes, at, isOut).then(() => forPlanes.hasGood(planes[at]?.url ?? '')),
    ]);
  const { answered, lost } = await traffic.end();
  for (const balancer of balancers) await balancer.close();
  expect(lost).toEqual([]);
  expect(answered).toBeGreaterThan(50);
});

test('nor behind nginx, where the script takes each out first', async () => {
  test.skip(!hasNginx, 'There is no nginx on the PATH: install Debian’s.');
  const [forWeb, forPlanes] = [
    await startNginx(
      web.map(({ url }) => url),
      ports[6] ?? 0,
    ),
    await startNginx(
      planes.map(({ url }) => url),
      ports[7] ?? 0,
    ),
  ];
  nginxes.push(forWeb, forPlanes);
  const traffic = keepAsking(forWeb.url, forPlanes.url);
  for (const [servers, nginx] of [
    [web, forWeb],
    [planes, forPlanes],
  ] as const)
    for (const at of [0, 1])
      await replace(servers, at, async (server) => {
        await nginx.takeOut(server.url);
        server.child.kill('SIGTERM');
        await server.ended;
      }).then(() => nginx.takeOut());
  const { answered, lost } = await traffic.end();
  expect(lost).toEqual([]);
  expect(answered).toBeGreaterThan(50);
});

test('SIGTERM to the process of the pages ends the web process, in order', async () => {
  const [server] = web;
  if (!server) throw new Error('There is no web process.');
  const [pages] = childrenOf(server.child.pid ?? 0);
  process.kill(pages ?? 0, 'SIGTERM');
  await expect.poll(() => statusOf(server.health), { intervals: [20] }).toBe(503);
  expect(await statusOf(`${server.url}/sign-in`)).toBe(200);
  await server.ended;
  expect(await statusOf(server.health)).toBeUndefined();
});

test('kill -9 of the web process leaves no process of the pages, and of those pages no web process', async () => {
  const server = web[1];
  if (!server) throw new Error('There is no web process.');
  const [pages = 0] = childrenOf(server.child.pid ?? 0);
  server.child.kill('SIGKILL');
  await expect.poll(() => isThere(pages), { timeout: 15_000 }).toBe(false);
  const again = await installation.start('start', ports[8] ?? 0);
  process.kill(childrenOf(again.child.pid ?? 0)[0] ?? 0, 'SIGKILL');
  await again.ended;
});

/** Ends one of them as told, and starts another in its place. */
async function replace(servers: Server[], at: number, end: (server: Server) => Promise<void>): Promise<void> {
  const server = servers[at];
  if (!server) return;
  await end(server);
  servers[at] = await installation.start(server.command, Number(new URL(server.url).port));
}

/** Asks for pages and seals, again and again, one connection each. */
function keepAsking(webUrl: string, planeUrl: string) {
  let isOver = false;
  let answered = 0;
  const lost: string[] = [];
  const seal = `/api/v1/apps/${installation.appId}/encrypt`;
  const askers = [`${webUrl}/sign-in`, `${webUrl}${seal}`, `${planeUrl}${seal}`, `${webUrl}/api/health/live`].map(
    async (url) => {
      while (!isOver) {
        const answer = await ask(url).catch((error: Error) => error.message);
        if (answer === 200) answered++;
        else lost.push(`${new Date().toISOString()} ${url}: ${answer}`);
        await pass(30);
      }
    },
  );
  return {
    end: async () => {
      isOver = true;
      await Promise.all(askers);
      return { answered, lost };
    },
  };
}

/** 200, or the status with what was said in place of an answer. */
function ask(url: string): Promise<200 | string> {
  return new Promise((resolve, reject) => {
    const isSeal = url.endsWith('/encrypt');
    const headers = { authorization: `Bearer ${installation.token}`, connection: 'close' };
    const asking = request(url, { agent: false, method: isSeal ? 'POST' : 'GET', headers }, (answer) => {
      let said = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        said += piece;
      });
      answer
        .once('end', () => resolve(answer.statusCode === 200 ? 200 : `${answer.statusCode} ${said.slice(0, 500)}`))
        .once('error', reject);
    });
    asking.once('error', reject);
    asking.end(isSeal ? '{"items":[{"plaintext":"aGVsbG8="}]}' : undefined);
  });
}

function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return stdout.trim().split(/\s+/).filter(Boolean).map(Number);
}

function isThere(pid: number): boolean {
  return (
    spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
      .stdout.trim()
      .replace(/^Z.*/, '') !== ''
  );
}

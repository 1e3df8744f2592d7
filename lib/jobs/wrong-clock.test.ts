import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedMessage } from '../byok/messages/message.ts';
import { wordsOf } from '../byok/messages/words.ts';
import { getConfig } from '../config/config.ts';
import { db } from '../db/client.ts';
import { databaseNow } from '../db/database-clock.ts';
import { sinceLastBeat } from '../db/heartbeat-store.ts';
import { readHealth } from '../operations/installation/read-health.ts';
import { makeWorld, must, type World } from '../operations/testing/world.ts';
import { makeDueKey, until } from './testing/due-key.ts';

let world: World;

beforeAll(async () => {
  world = await makeWorld({ recordsPerApp: 0 });
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  await world?.close();
});

const workers = new Set<ChildProcess>();

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** What `faketime` sets for whatever it starts: itself it would stand between us and the worker. */
const faketime = spawnSync('faketime', ['-f', '+30d', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' });
const preload = faketime.status === 0 ? faketime.stdout.trim() : '';
if (!preload) console.warn('faketime is not installed here: its test is left out (apt-get install faketime).');

type Clock = { args?: string[]; env?: Record<string, string> };
const clocks: [string, Clock][] = [
  ['its own Date', { args: ['--import', file('testing/month-ahead.mjs')] }],
  ['the whole process', { env: { LD_PRELOAD: preload, FAKETIME: '+30d' } }],
];

describe.each(clocks.slice(0, preload ? 2 : 1))('a worker that is thirty days ahead, by %s', (name, clock) => {
  it('begins what is due and nothing else, and says nothing of a month to come', async () => {
    const later = await makeDueKey(world, `Later, ${name}`, { apps: 1, keysPerApp: 1, recordsPerKey: 1 });
    const retried = await makeDueKey(world, `Retried, ${name}`, { apps: 1, keysPerApp: 1, recordsPerKey: 1 });
    const due = await makeDueKey(world, `Due, ${name}`, { apps: 1, keysPerApp: 1, recordsPerKey: 1 });
    const tomorrow = new Date(databaseNow().getTime() + 86_400_000);
    await db().transition.update({ where: { id: later.transitionId }, data: { dueAt: tomorrow } });
    await db().transition.update({ where: { id: retried.transitionId }, data: { nextTryAt: tomorrow } });
    const worker = start(clock);
    // The last one is worked on, so that the sweep has seen the others too.
    // What is due it does try, so its sweep has seen the others too. AWS refuses a clock that is so wrong.
    await until(async () => (await transition(due.transitionId)).attempts > 0);
    const { failureMessage, nextTryAt } = await transition(due.transitionId);
    expect(wordsOf(storedMessage(failureMessage))).toMatch(/clock of the vendor’s server differs/);
    expect(nextTryAt?.getTime()).toBeLessThan(tomorrow.getTime());
    for (const { transitionId } of [later, retried])
      expect(await transition(transitionId)).toMatchObject({ phase: 'testing', attempts: 0, failureCode: null });
    expect(must(await readHealth(world.callers.anonymous, {}))).toMatchObject({ status: 'ok', jobs: 'ok' });
    worker.kill('SIGKILL');
    await once(worker, 'close');
    expect(await sinceLastBeat()).toBeGreaterThanOrEqual(0);
    await world.asOwner(`UPDATE worker_heartbeat SET beat_at = beat_at - interval '1 minute'`);
    expect(must(await readHealth(world.callers.anonymous, {}))).toMatchObject({ status: 'ok', jobs: 'down' });
  });
});

it('a heartbeat of the future, from a worker of an older version on a wrong clock, is none', async () => {
  await world.asOwner(`UPDATE worker_heartbeat SET beat_at = now() + interval '30 days'`);
  expect(must(await readHealth(world.callers.anonymous, {}))).toMatchObject({ jobs: 'down' });
});

function transition(id: string) {
  return db().transition.findUniqueOrThrow({ where: { id } });
}

function start({ args = [], env = {} }: Clock): ChildProcess {
  const config = getConfig();
  const worker = spawn(
    process.execPath,
    [...args, '--conditions=react-server', file('faults/testing/worker-process.ts')],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: {
        ...process.env,
        ...env,
        DATABASE_URL: config.databaseUrl,
        KEYWARD_ROOT_KEY: config.rootKey.toString('base64'),
        NEXTAUTH_SECRET: config.nextAuthSecret,
        NEXTAUTH_URL: config.nextAuthUrl,
        KEYWARD_SERVICE_ROLE_ARN: config.serviceRoleArn,
        KEYWARD_ALLOWED_AWS_ENDPOINTS: process.env.AWS_ENDPOINT_URL_KMS,
        KEYWARD_LOG_LEVEL: 'error',
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? 'node_modules/.cache/keyward-node',
      },
    },
  );
  workers.add(worker);
  worker.once('exit', () => workers.delete(worker));
  return worker;
}

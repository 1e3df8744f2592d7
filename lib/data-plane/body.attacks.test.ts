import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { setImmediate as otherTurns, setTimeout as pass } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeServedWorld, pathOf, post } from './testing/served-world.ts';
import { type PlaneProcess, startPlane } from './testing/start-plane.ts';

const MiB = 1024 * 1024;
const bodyBytes = 140 * MiB;
const atOnce = 15;
/** Promised is a second: what else runs beside a test may take twice that. */
const healthWithinMs = 3_000;
const memoryBytes = 512 * MiB;
const hello = 'aGVsbG8=';

let served: Awaited<ReturnType<typeof makeServedWorld>>;
let plane: PlaneProcess;
let idle: number;

beforeAll(async () => {
  served = await makeServedWorld();
  plane = await startPlane();
  await seal();
  idle = await plane.memory();
}, 60_000);
afterAll(async () => {
  await plane?.end();
  await served?.world.close();
});

const seal = (token = served.token, appId = served.appId) =>
  post(plane, pathOf(appId, 'encrypt'), { token, body: { items: [{ plaintext: hello }] } });

describe('140 MB in one request, fifteen times at once: the asker alone is refused, nobody waits, memory holds', {
  timeout: 120_000,
}, () => {
  const attacks: [name: string, begin: string, piece: (n: number) => string][] = [
    ['distinct names in one object', '{"items":[],"x":{', (n) => `"name-${n}":1,`],
    ['distinct names in a context', '{"items":[{"plaintext":"","context":{', (n) => `"name-${n}":"",`],
    ['one name again and again', '{"items":[{', () => '"plaintext":"",'],
    ['lists within lists', '{"items":', () => '[[[[[[[['],
    ['a number that does not end', '{"items":[', () => '9999999999999999'],
    ['empty texts', '{"items":[', () => '"","","","",'],
    ['empty lists', '{"items":[', () => '[],[],[],[],'],
    ['room', '{"items":[', () => '                '],
    ['one text that does not end', '{"items":[{"plaintext":"', () => 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZn'],
    ['backslashes', '{"items":[{"plaintext":"', () => '\\\\\\\\\\\\\\"'],
    ['texts that are no items', '{"items":[', () => `"${'QUJD'.repeat(300_000)}",`],
  ];

  it.each(attacks)('%s', async (_, begin, piece) => {
    const block = blockOf(piece);
    const watched = watch();
    const answers = await Promise.all(Array.from({ length: atOnce }, () => sendLarge(Buffer.from(begin), block)));
    const { slowestMs, mostBytes } = await watched.end();
    expect(answers.map(({ status }) => status)).toContain(400);
    for (const { status, body } of answers) {
      // Or there was no room for it beside the others of its tenant: then it is not read at all.
      expect([400, 429]).toContain(status);
      expect(body).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
      if (status === 400)
        expect(body).toMatchObject({ error: { fields: { body: expect.stringMatching(/^\S.*\.$/) } } });
    }
    expect(slowestMs).toBeLessThan(healthWithinMs);
    expect(mostBytes - idle).toBeLessThan(memoryBytes);
    expect((await seal(served.foreignToken, served.foreignAppId)).status).toBe(200);
    expect((await seal()).status).toBe(200);
  });

  it('full batches in order: those for which there is room are answered, the others come again', async () => {
    const item = Buffer.from(`{"plaintext":"${'QUJD'.repeat(Math.floor(MiB / 3))}","context":{"a":"1"}},`);
    const block = Buffer.concat(Array.from({ length: 4 }, () => item));
    const tail = Buffer.concat([item.subarray(0, -1), Buffer.from(']}')]);
    const watched = watch();
    const answers = await Promise.all(
      Array.from({ length: atOnce }, () => sendLarge(Buffer.from('{"items":['), () => block, 24, tail)),
    );
    const { slowestMs, mostBytes } = await watched.end();
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeGreaterThanOrEqual(1);
    for (const { body } of good) expect((body as { items: unknown[] }).items).toHaveLength(97);
    for (const { status, headers } of answers.filter((answer) => answer.status !== 200)) {
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    }
    expect(slowestMs).toBeLessThan(healthWithinMs);
    expect(mostBytes - idle).toBeLessThan(memoryBytes);
  });
});

type Sent = { status: number; body: unknown; headers: IncomingHttpHeaders };

/** About 64 KiB of it, so that sending takes the test no time. */
function blockOf(piece: (n: number) => string): (round: number) => Buffer {
  const blocks: Buffer[] = [];
  return (round) => {
    const known = blocks[round];
    if (known) return known;
    let text = '';
    for (let n = round * 10_000; text.length < 65_536; n++) text += piece(n);
    const block = Buffer.from(text);
    blocks[round] = block;
    return block;
  };
}

/** Sends until it is answered or all is sent, and gives the answer. */
async function sendLarge(
  begin: Buffer,
  block: (round: number) => Buffer,
  rounds = 0,
  end = Buffer.alloc(0),
): Promise<Sent> {
  const length = rounds > 0 ? begin.length + rounds * block(0).length + end.length : bodyBytes;
  const sending = request(`${plane.url}${pathOf(served.appId, 'encrypt')}`, {
    method: 'POST',
    agent: false,
    headers: { authorization: `Bearer ${served.token}`, 'content-length': length },
  });
  let isOver = false;
  let wake: () => void = () => undefined;
  sending.once('close', () => wake());
  let cause: unknown;
  // What is refused breaks off, once the answer is here.
  sending.on('error', (error) => {
    cause ??= error;
  });
  const answered = new Promise<Sent>((resolve, reject) => {
    sending.once('close', () => reject(new Error('The connection ended without an answer.', { cause })));
    sending.once('response', async (response) => {
      isOver = true;
      wake();
      const parts: Buffer[] = [];
      for await (const part of response) parts.push(part);
      const body = JSON.parse(Buffer.concat(parts).toString());
      resolve({ status: response.statusCode ?? 0, body, headers: response.headers });
      sending.destroy();
    });
  });
  answered.catch(() => undefined);
  void send().catch(() => undefined);
  return await answered;

  async function send(): Promise<void> {
    sending.write(begin);
    let left = length - begin.length - end.length;
    for (let round = 0; left > 0 && !isOver && !sending.destroyed; round++) {
      const piece = block(round).subarray(0, left);
      left -= piece.length;
      // What is written at once drains at once: without a turn in between the answer would never be read.
      await otherTurns();
      if (isOver || sending.destroyed || sending.write(piece)) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
        sending.once('drain', resolve);
      });
    }
    if (!isOver) sending.end(end);
  }
}

/** Asks for health and memory from now on; health from a thread of its own, which sending does not hold up. */
function watch() {
  const asker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     let isOver = false, slowestMs = 0;
     parentPort.once('message', () => { isOver = true; });
     (async () => {
       while (!isOver) {
         const from = performance.now();
         const { status } = await fetch(workerData + '/health');
         if (status !== 200) throw new Error('health answers ' + status);
         slowestMs = Math.max(slowestMs, performance.now() - from);
         await new Promise((resolve) => setTimeout(resolve, 20));
       }
       parentPort.postMessage(slowestMs);
     })();`,
    { eval: true, workerData: plane.url },
  );
  let isOver = false;
  const memory = (async () => {
    let most = 0;
    while (!isOver) {
      most = Math.max(most, await plane.memory());
      await pass(20);
    }
    return most;
  })();
  return {
    async end() {
      isOver = true;
      const slowest = once(asker, 'message');
      asker.postMessage('end');
      const measured = { slowestMs: Number((await slowest)[0]), mostBytes: await memory };
      if (process.env.KEYWARD_SHOW_MEASURES) console.log(expect.getState().currentTestName, measured, { idle });
      return measured;
    },
  };
}

import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { db } from '../db/client.ts';
import { closeKeyring } from '../keyring/keyring.ts';
import { activateKey } from '../keyring/testing/active-key.ts';
import type { DataPlane } from './server.ts';
import { bearerOf, makeServedWorld, pathOf, serve } from './testing/served-world.ts';

let served: Awaited<ReturnType<typeof makeServedWorld>>;
let plane: DataPlane;

beforeAll(async () => {
  served = await makeServedWorld();
  await activateKey(served.world);
  plane = await serve();
});
afterAll(async () => {
  await plane?.drain(1_000);
  await served?.world.close();
});

const context = { file: 'report.pdf' };
const headerOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

type Sent = { token?: string; appId?: string; headers?: Record<string, string> };
type Outcome = { status: number | undefined; headers: Record<string, unknown>; body: Buffer; isWhole: boolean };

/** Sends a stream and reads what comes back meanwhile. */
function send(
  action: 'encrypt' | 'decrypt',
  body: Readable,
  { token = served.token, appId = served.appId, headers }: Sent = {},
) {
  return new Promise<Outcome>((resolve) => {
    const all = { authorization: `Bearer ${token}`, 'keyward-context': headerOf(context), ...headers };
    const sent = request(
      `${plane.url}${pathOf(appId, `${action}-stream`)}`,
      { method: 'POST', headers: all },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', () => undefined);
        answer.on('close', () => {
          const { statusCode: status, complete } = answer;
          resolve({ status, headers: answer.headers, body: Buffer.concat(parts), isWhole: complete });
        });
      },
    );
    // A connection that is cut while something is still being sent may take what was answered along.
    sent.on('error', () => {
      body.destroy();
      resolve({ status: undefined, headers: {}, body: Buffer.alloc(0), isWhole: false });
    });
    body.pipe(sent);
  });
}

const bytesOf = (bytes: Buffer) => Readable.from(bytes.length === 0 ? [] : [bytes]);
const seal = async (plaintext: Buffer, sent?: Sent) => (await send('encrypt', bytesOf(plaintext), sent)).body;
const codeOf = ({ body }: Outcome) => (JSON.parse(body.toString()) as { error: { code: string } }).error.code;

describe('a stream', () => {
  it.each([0, 1, 65_536, 5_000_000])('of %i bytes comes back as it went in', async (length) => {
    const plaintext = randomBytes(length);
    const sealed = await send('encrypt', bytesOf(plaintext));
    expect(sealed).toMatchObject({ status: 200, isWhole: true });
    expect(sealed.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
    expect(sealed.body[0]).toBe(2);
    const opened = await send('decrypt', bytesOf(sealed.body));
    expect(opened).toMatchObject({ status: 200, isWhole: true });
    expect(opened.body.equals(plaintext)).toBe(true);
  });

  it('is one message under a data key that is known to have left', async () => {
    await seal(randomBytes(100));
    const key = await db().dataKey.findFirstOrThrow({ where: { appId: served.appId, state: 'current' } });
    expect(key.issuedOutsideAt).not.toBeNull();
    expect(Number(key.messages)).toBeGreaterThan(0);
  });

  it('comes out while it goes in, and waits for who reads it', async () => {
    let made = 0;
    const piece = randomBytes(256 * 1024);
    const source = new Readable({
      read() {
        made += piece.length;
        this.push(made > 512 * 1024 * 1024 ? null : piece);
      },
    });
    const headers = { authorization: `Bearer ${served.token}` };
    const sent = request(`${plane.url}${pathOf(served.appId, 'encrypt-stream')}`, { method: 'POST', headers });
    sent.on('error', () => undefined);
    onTestFinished(() => void sent.destroy());
    source.pipe(sent);
    const answer = await new Promise<Readable>((resolve) => sent.on('response', resolve));
    answer.on('error', () => undefined);
    // Nobody reads: what was taken in does not grow for ever.
    let before = -1;
    while (before !== made) {
      before = made;
      await pass(500);
    }
    expect(made).toBeLessThan(64 * 1024 * 1024);
    answer.resume();
    while (made < before + 8 * 1024 * 1024) await pass(20);
  });
});

describe('a stream that is refused', () => {
  it('before its first byte has left is told why', async () => {
    const sealed = await seal(Buffer.from('hello'));
    const bytes = () => bytesOf(sealed);
    const other = headerOf({ file: 'other' });
    expect(codeOf(await send('decrypt', bytes(), { headers: { 'keyward-context': other } }))).toBe('cannot-open');
    expect(codeOf(await send('decrypt', bytes(), { appId: served.otherAppId }))).toBe('cannot-open');
    expect(codeOf(await send('decrypt', bytesOf(randomBytes(500))))).toBe('cannot-open');
    expect(codeOf(await send('decrypt', bytes(), { appId: served.foreignAppId }))).toBe('not-found');
    expect(codeOf(await send('encrypt', bytes(), { headers: { 'keyward-context': 'W10' } }))).toBe('invalid-input');
    expect(codeOf(await send('encrypt', bytes(), { headers: { 'keyward-context': '!' } }))).toBe('invalid-input');
    expect(codeOf(await send('encrypt', bytes(), { token: 'kwt_nobody' }))).toBe('unauthenticated');
    const reader = bearerOf(await served.world.makeTokenCaller(served.world.acme.id, ['decrypt']));
    expect(codeOf(await send('encrypt', bytes(), { token: reader }))).toBe('forbidden');
    expect(await db().auditEvent.count({ where: { operation: 'encrypt-stream', code: 'forbidden' } })).toBe(1);
  });

  it('because its key was taken away is told so', async () => {
    const sealed = await seal(Buffer.from('hello'));
    await closeKeyring();
    await served.world.aws.kms('DisableKey', { KeyId: served.world.aws.keyArn });
    onTestFinished(async () => {
      await served.world.aws.kms('EnableKey', { KeyId: served.world.aws.keyArn });
      await db().keyVersion.updateMany({ data: { health: 'healthy', healthFailure: null } });
    });
    expect(codeOf(await send('decrypt', bytesOf(sealed)))).toBe('key-revoked');
    expect(codeOf(await send('encrypt', bytesOf(sealed)))).toBe('key-revoked');
  });

  it('in its middle is cut off, and never ends as if it were whole', async () => {
    const plaintext = randomBytes(1_000_000);
    const sealed = await seal(plaintext);
    const damaged = Buffer.from(sealed);
    damaged[800_000] = (damaged[800_000] ?? 0) ^ 1;
    const cases = [damaged, sealed.subarray(0, sealed.length - 10), Buffer.concat([sealed, Buffer.of(0)])];
    for (const bytes of cases) {
      const outcome = await send('decrypt', bytesOf(bytes));
      expect(outcome.isWhole).toBe(false);
      expect(plaintext.subarray(0, outcome.body.length).equals(outcome.body)).toBe(true);
      expect(outcome.body.length).toBeLessThan(plaintext.length);
    }
  });

  it('because its sender broke off leaves nothing whole, and nothing under way', async () => {
    const broken = new Readable({ read: () => undefined });
    broken.push(randomBytes(500_000));
    setTimeout(() => broken.destroy(new Error('broken off')), 200);
    const headers = { authorization: `Bearer ${served.token}` };
    const sent = request(`${plane.url}${pathOf(served.appId, 'encrypt-stream')}`, { method: 'POST', headers });
    sent.on('error', () => undefined);
    broken.on('error', () => sent.destroy());
    broken.pipe(sent);
    const answer = await new Promise<Readable>((resolve) => sent.on('response', resolve));
    await expect(buffer(answer)).rejects.toThrow();
    let text = '';
    while (!text.includes('keyward_data_plane_requests_in_flight 1\n')) {
      text = await (await fetch(`${plane.url}/metrics`)).text();
      await pass(20);
    }
  });
});

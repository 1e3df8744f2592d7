import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { personWho } from '../byok/who.ts';
import { db } from '../db/client.ts';
import { pruneSignInCounts } from '../db/sign-in-count-store.ts';
import { makeWorld, type World } from '../operations/testing/world.ts';
import { createOperator } from './create-operator.ts';
import { identify } from './identify.ts';
import { hashPassword } from './password.ts';
import { signIn } from './sign-in.ts';
import { password } from './testing/password.ts';

let world: World;
let passwordHash: string;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
  passwordHash = await hashPassword(password);
});
afterAll(() => world?.close());
afterEach(async () => {
  await db().signInCount.deleteMany();
});

async function somebody(): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  await db().user.create({ data: { email, role: 'admin', tenantId: world.acme.id, passwordHash } });
  return email;
}

type More = { source?: string; deviceCookie?: string | undefined };
const right = (email: string, more: More = {}) =>
  signIn({ email, password, source: '203.0.113.7', requestId: randomUUID(), ...more });
const wrong = (email: string, more: More = {}) =>
  signIn({ email, password: 'a guess', source: '203.0.113.7', requestId: randomUUID(), ...more });

/** As if so many wrong tries had been made of which each was let through. */
async function setFailures(key: string, failures: number): Promise<void> {
  const { count } = await db().signInCount.updateMany({ where: { key: { startsWith: key } }, data: { failures } });
  expect(count).toBe(1);
}
/** For how many seconds the last failure put off the next try: it is forgotten a day after that failure. */
async function delayOf(key: string): Promise<number> {
  const { openAt, endsAt } = await db().signInCount.findFirstOrThrow({ where: { key: { startsWith: key } } });
  return Math.round((openAt.getTime() - (endsAt.getTime() - 86_400_000)) / 1_000);
}
/** As if what delays had been waited for. */
const wait = () => db().signInCount.updateMany({ data: { openAt: new Date(0) } });

describe('a stranger', () => {
  it('may mistype five times, and waits longer each time from then on, at most a quarter of an hour', async () => {
    const email = await somebody();
    for (let n = 0; n < 5; n++) expect(await wrong(email)).toEqual({ kind: 'wrong-credentials' });
    const delays = [];
    for (let n = 0; n < 12; n++) {
      await wait();
      expect(await wrong(email)).toEqual({ kind: 'wrong-credentials' });
      delays.push(await delayOf('account-source '));
    }
    expect(delays).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
    // The right password waits as the wrong one does.
    expect(await right(email)).toMatchObject({ kind: 'too-many-requests' });
    await wait();
    expect(await right(email)).toMatchObject({ kind: 'done' });
    expect(await wrong(email)).toEqual({ kind: 'wrong-credentials' });
  });

  it('delays nobody who comes from elsewhere', async () => {
    const email = await somebody();
    for (let n = 0; n < 6; n++) await wrong(email);
    expect(await wrong(email)).toMatchObject({ kind: 'too-many-requests' });
    expect(await right(email, { source: '198.51.100.1' })).toMatchObject({ kind: 'done' });
  });

  it('has a hundred wrong tries an hour over all accounts, whichever exist', async () => {
    await wrong(await somebody());
    await setFailures('source ', 99);
    expect(await wrong('nobody@example.com')).toEqual({ kind: 'wrong-credentials' });
    const refused = await right(await somebody());
    expect(refused).toMatchObject({ kind: 'too-many-requests' });
    expect(refused.kind === 'too-many-requests' && refused.retryAfterSeconds).toBeLessThanOrEqual(3_600);
    expect(await right(await somebody(), { source: '198.51.100.1' })).toMatchObject({ kind: 'done' });
  });

  it('has, with all other strangers, a hundred wrong tries of an account a day', async () => {
    const email = await somebody();
    await wrong(email);
    await setFailures('account-day ', 98);
    // However many come at once, from wherever: one is let through, and counts before it is compared.
    const tries = await Promise.all(Array.from({ length: 6 }, (_, n) => wrong(email, { source: `198.51.100.${n}` })));
    const compared = tries.filter(({ kind }) => kind === 'wrong-credentials');
    expect(compared).toHaveLength(2);
    const refused = await right(email, { source: '192.0.2.1' });
    expect(refused.kind === 'too-many-requests' && refused.retryAfterSeconds).toBeLessThanOrEqual(86_400);
  });

  it('does not come free of a bound by signing in to an account of its own', async () => {
    const own = await somebody();
    await wrong(own);
    await setFailures('source ', 50);
    expect(await right(own)).toMatchObject({ kind: 'done' });
    expect(await db().signInCount.findFirst({ where: { key: { startsWith: 'source ' } } })).toMatchObject({
      failures: 50,
    });
  });

  it('is answered alike for an account that nobody has', async () => {
    const [known, unknown] = [await somebody(), `${randomUUID()}@example.com`];
    for (let n = 0; n < 7; n++) {
      const [ofNobody, ofSomebody] = [await wrong(unknown), await wrong(known)];
      expect(ofNobody.kind).toBe(ofSomebody.kind);
      if (ofNobody.kind !== 'too-many-requests' || ofSomebody.kind !== 'too-many-requests') continue;
      // What a busy machine takes for the one passes from the wait of the other.
      for (const { retryAfterSeconds } of [ofNobody, ofSomebody]) expect([1, 2]).toContain(retryAfterSeconds);
    }
  });

  it('is answered and counted alike for what no database stores', async () => {
    const typed = () => wrong(`nobody${randomUUID()}\0@example.com`, { source: '198.51.100.77' });
    expect(await typed()).toEqual({ kind: 'wrong-credentials' });
    const before = await db().signInCount.count();
    expect(await wrong(`lone\ud800${randomUUID()}`, { source: '198.51.100.77' })).toEqual({
      kind: 'wrong-credentials',
    });
    expect(await db().signInCount.count()).toBeGreaterThan(before);
  });

  it('is refused before any password is compared', async () => {
    const email = await somebody();
    for (let n = 0; n < 6; n++) await wrong(email);
    // What cannot be compared any more is not compared.
    await db().user.update({ where: { email }, data: { passwordHash: 'no hash at all' } });
    const before = await db().signInCount.findMany({
      where: { NOT: { key: { startsWith: 'told ' } } },
      orderBy: { key: 'asc' },
    });
    expect(await wrong(email)).toMatchObject({ kind: 'too-many-requests' });
    expect(
      await db().signInCount.findMany({ where: { NOT: { key: { startsWith: 'told ' } } }, orderBy: { key: 'asc' } }),
    ).toEqual(before);
  });
});

describe('somebody in a browser that is known', () => {
  it('is never delayed by strangers, however many they are', async () => {
    const email = await somebody();
    const deviceCookie = await deviceOf(email);
    for (let n = 0; n < 20; n++) await wrong(email, { source: `198.51.100.${n % 4}` });
    await setFailures('account-day ', 100);
    expect(await right(email, { source: '192.0.2.1' })).toMatchObject({ kind: 'too-many-requests' });
    expect(await right(email, { deviceCookie })).toMatchObject({ kind: 'done' });
    // Also behind the very address that the strangers come from.
    expect(await right(email, { deviceCookie, source: '198.51.100.0' })).toMatchObject({ kind: 'done' });
  });

  it('is delayed by its own failures, and bounded in a day', async () => {
    const email = await somebody();
    const deviceCookie = await deviceOf(email);
    for (let n = 0; n < 6; n++) expect(await wrong(email, { deviceCookie })).toEqual({ kind: 'wrong-credentials' });
    expect(await delayOf('device ')).toBe(2);
    await wait();
    await setFailures('device-day ', 100);
    expect(await right(email, { deviceCookie })).toMatchObject({ kind: 'too-many-requests' });
  });

  it('is a stranger to every other account, and after a change of the password', async () => {
    const email = await somebody();
    const deviceCookie = await deviceOf(email);
    const other = await somebody();
    for (let n = 0; n < 7; n++) await wrong(other, { source: '198.51.100.1' });
    expect(await right(other, { deviceCookie, source: '198.51.100.1' })).toMatchObject({ kind: 'too-many-requests' });
    for (let n = 0; n < 7; n++) await wrong(email, { source: '198.51.100.2' });
    await db().user.update({ where: { email }, data: { passwordHash: await hashPassword(password) } });
    expect(await right(email, { deviceCookie, source: '198.51.100.2' })).toMatchObject({ kind: 'too-many-requests' });
  });

  it('stays known beside others who use the browser, and a made-up cookie is nobody’s', async () => {
    const [first, second] = [await somebody(), await somebody()];
    const one = await deviceOf(first);
    const both = await deviceOf(second, one);
    for (const email of [first, second]) {
      for (let n = 0; n < 7; n++) await wrong(email);
      // The wait of two seconds must not pass on a busy machine before it is looked at.
      await db().$executeRaw`UPDATE sign_in_count SET open_at = now() + interval '1 minute' WHERE failures >= 6`;
      expect(await right(email, { deviceCookie: both })).toMatchObject({ kind: 'done' });
      // Each signature begins with another letter, whichever it was.
      const forged = both.replace(/(?<=\.)([\w-])(?=[\w-]{42}(?:~|$))/g, (first) => (first === 'A' ? 'B' : 'A'));
      expect(await right(email, { deviceCookie: forged })).toMatchObject({ kind: 'too-many-requests' });
    }
  });
});

describe('a password to be used once', () => {
  it('opens a session until it ends, by the database’s clock, and nothing after', async () => {
    const email = `${randomUUID()}@example.com`;
    const { oneTimePassword, endsAt } = await createOperator({ email });
    expect(endsAt.getTime() - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    const use = () => signIn({ email, password: oneTimePassword, source: 'x', requestId: randomUUID() });
    const first = await use();
    const second = await use();
    // Of two who have it, one is noticed: the latest session alone lives.
    expect(await kindOf(first)).toBe('anonymous');
    expect(await kindOf(second)).toBe('person');
    await db().$executeRaw`UPDATE "user" SET password_ends_at = now() + interval '2 hours' WHERE email = ${email}`;
    await use();
    const session = await db().session.findFirstOrThrow({ where: { endedAt: null, user: { email } } });
    expect(session.expiresAt.getTime()).toBeLessThan(Date.now() + 2.1 * 3_600_000);
    await db().$executeRaw`UPDATE "user" SET password_ends_at = now() WHERE email = ${email}`;
    expect(await use()).toEqual({ kind: 'password-ended' });
    expect(await wrong(email)).toEqual({ kind: 'wrong-credentials' });
  });
});

describe('the history of sign-ins', () => {
  it('names the account and the source, and of failures the first in a minute', async () => {
    const email = await somebody();
    for (const source of ['203.0.113.7', '198.51.100.1']) {
      await wrong(email, { source });
      // A minute that does not end in the middle of this.
      await db().$executeRaw`UPDATE sign_in_count SET ends_at = now() + interval '1 hour' WHERE key LIKE 'told %'`;
      for (let n = 0; n < 2; n++) await wrong(email, { source });
    }
    await right(email);
    const { id } = await db().user.findUniqueOrThrow({ where: { email } });
    const events = await db().auditEvent.findMany({ where: { actor: personWho(id) }, orderBy: { at: 'asc' } });
    expect(events.map(({ outcome, code, tenantId }) => ({ outcome, code, tenantId }))).toEqual([
      { outcome: 'refused', code: 'wrong-credentials', tenantId: world.acme.id },
      { outcome: 'refused', code: 'wrong-credentials', tenantId: world.acme.id },
      { outcome: 'done', code: null, tenantId: world.acme.id },
    ]);
    const sources = await db().auditSource.findMany({ where: { eventId: { in: events.map(({ id }) => id) } } });
    expect(sources.map(({ source }) => source).sort()).toEqual(['198.51.100.1', '203.0.113.7', '203.0.113.7']);
  });

  it('keeps nothing of what was typed where nobody has such an address', async () => {
    const typed = `hunter2-${randomUUID()}`;
    await wrong(typed);
    await wrong(typed);
    const everything = await Promise.all([
      db().auditEvent.findMany(),
      db().signInCount.findMany(),
      db().auditSource.findMany(),
    ]);
    expect(JSON.stringify(everything)).not.toContain(typed);
    expect(await db().auditEvent.count({ where: { actor: 'unknown address', tenantId: null } })).toBeGreaterThan(0);
  });
});

it('forgets counts that count nothing any more, and no others', async () => {
  await wrong(await somebody());
  expect(await pruneSignInCounts()).toBe(0);
  const counted = await db().signInCount.count();
  await db().$executeRaw`UPDATE sign_in_count SET ends_at = now() - interval '1 second', open_at = now()`;
  expect(await pruneSignInCounts()).toBe(counted);
});

async function deviceOf(email: string, deviceCookie?: string): Promise<string> {
  const result = await right(email, { source: '192.0.2.200', deviceCookie });
  if (result.kind !== 'done') throw new Error(result.kind);
  return result.deviceCookie;
}

async function kindOf(result: Awaited<ReturnType<typeof signIn>>): Promise<string> {
  if (result.kind !== 'done') return result.kind;
  return (await identify({ kind: 'session', sessionId: result.sessionId }, new Date())).kind;
}

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, identify } from '../../auth/identify.ts';
import { hashPassword } from '../../auth/password.ts';
import { signIn } from '../../auth/sign-in.ts';
import { password } from '../../auth/testing/password.ts';
import { db } from '../../db/client.ts';
import { makeWorld, must, type World } from '../testing/world.ts';
import { changePassword } from './change-password.ts';
import { readMe } from './read-me.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ apps: 1, recordsPerApp: 0 });
});
afterAll(() => world?.close());

const next = 'tulip anvil harbour quartz';

async function somebody(): Promise<{ email: string; caller: Caller & { kind: 'session' }; deviceCookie: string }> {
  const email = `${randomUUID()}@example.com`;
  await db().user.create({
    data: { email, role: 'admin', tenantId: world.acme.id, passwordHash: await hashPassword(password) },
  });
  const result = await signIn({ email, password, source: 'x', requestId: randomUUID() });
  if (result.kind !== 'done') throw new Error(result.kind);
  return { email, caller: { kind: 'session', sessionId: result.sessionId }, deviceCookie: result.deviceCookie };
}
const kindOf = async (caller: Caller) => (await identify(caller, new Date())).kind;

describe('a new password', () => {
  it('ends every session, also a stolen copy of the one that it was set from, and begins one in its place', async () => {
    const { email, caller } = await somebody();
    const other = await signIn({ email, password, source: 'x', requestId: randomUUID() });
    const { sessionId } = must(await changePassword(caller, { current: password, next }));
    expect(await kindOf(caller)).toBe('anonymous');
    expect(other.kind === 'done' && (await kindOf({ kind: 'session', sessionId: other.sessionId }))).toBe('anonymous');
    expect(must(await readMe({ kind: 'session', sessionId }, {})).email).toBe(email);
  });

  it('is set once where two set one at the same moment', async () => {
    const { email, caller } = await somebody();
    const results = await Promise.all(
      [next, `${next} two`].map((chosen) => changePassword(caller, { current: password, next: chosen })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db().session.count({ where: { user: { email }, endedAt: null } })).toBe(1);
  });

  it('is not outlived by a sign-in with the old one that was under way', async () => {
    const { email, caller } = await somebody();
    const attempts = Array.from({ length: 4 }, () => signIn({ email, password, source: 'x', requestId: randomUUID() }));
    must(await changePassword(caller, { current: password, next }));
    await Promise.all(attempts);
    expect(await db().session.count({ where: { user: { email }, endedAt: null } })).toBe(1);
  });

  it.each([
    ['known from leaks', 'unbelievable'],
    ['known from leaks', '123456789012'],
    ['easy to guess', 'Password1234!'],
    ['easy to guess', 'aaaaaaaaaaaaaaaaaaaaaaaa'],
    ['easy to guess', 'qwertyuiop[]'],
  ])('that is %s is refused beside its field: %s', async (words, chosen) => {
    const { caller } = await somebody();
    const result = await changePassword(caller, { current: password, next: chosen });
    expect(result).toMatchObject({
      error: { code: 'invalid-input', fields: { next: expect.stringContaining(words) } },
    });
    expect(await kindOf(caller)).toBe('person');
  });

  it('that is one’s own address is refused', async () => {
    const { caller, email } = await somebody();
    const result = await changePassword(caller, { current: password, next: email });
    expect(result).toMatchObject({ error: { fields: { next: expect.any(String) } } });
  });

  it('of a thousand characters is compared in bounded time', async () => {
    const { caller } = await somebody();
    must(await changePassword(caller, { current: password, next: `${'4@8({[</369&#!1|0$5+7%2'.repeat(44)}x` }));
  });
});

it('the current password cannot be guessed for long in a session that was taken over', async () => {
  const { caller } = await somebody();
  const guess = () => changePassword(caller, { current: 'a guess', next });
  for (let n = 0; n < 6; n++)
    expect(await guess()).toMatchObject({ error: { fields: { current: expect.any(String) } } });
  expect(await guess()).toMatchObject({
    error: { code: 'too-many-requests', details: { next: expect.stringMatching(/^Try again in (a|\d+) seconds?\.$/) } },
  });
});

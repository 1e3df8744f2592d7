import { encode } from 'next-auth/jwt';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { currentCaller } from './current-caller.ts';
import { deviceCookieName, readCookie } from './own-address.ts';

const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: async () => ({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined) }),
}));
afterEach(() => {
  vi.unstubAllEnvs();
  jar.clear();
});

const secret = 'a secret of more than thirty-two characters';

describe('a session’s cookie', () => {
  it.each([
    ['https://keyward.example', '__Secure-next-auth.session-token', 'session'],
    ['https://keyward.example', 'next-auth.session-token', 'anonymous'],
    ['http://127.0.0.1:3000', 'next-auth.session-token', 'session'],
    ['http://127.0.0.1:3000', '__Secure-next-auth.session-token', 'anonymous'],
  ])('at %s under the name %s is of %s', async (url, name, kind) => {
    vi.stubEnv('NEXTAUTH_URL', url);
    vi.stubEnv('NEXTAUTH_SECRET', secret);
    jar.set(name, await encode({ token: { sid: 'x' }, secret }));
    expect((await currentCaller()).kind).toBe(kind);
  });
});

it('a browser’s cookie is for https alone where Keyward is found there', () => {
  vi.stubEnv('NEXTAUTH_URL', 'https://keyward.example');
  expect(deviceCookieName()).toBe('__Host-keyward-device');
  vi.stubEnv('NEXTAUTH_URL', 'http://127.0.0.1:3000');
  expect(deviceCookieName()).toBe('keyward-device');
});

it('a cookie is read by its whole name', () => {
  expect(readCookie('xkeyward-device=1; keyward-device=2=3 ; a', 'keyward-device')).toBe('2=3');
  expect(readCookie('keyward-device2=1', 'keyward-device')).toBeUndefined();
  expect(readCookie(null, 'keyward-device')).toBeUndefined();
});

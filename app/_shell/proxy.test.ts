import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { proxy } from '../../proxy.ts';

const page = 'http://127.0.0.1:3000/history?outcome=done&_rsc=abc';

beforeEach(() => {
  vi.stubEnv('NEXTAUTH_URL', 'http://127.0.0.1:3000');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe('before every page', () => {
  it('gives the page the nonce that the browser is told of, and a new one each time', () => {
    const first = proxy(new NextRequest(page));
    const second = proxy(new NextRequest(page));
    const nonce = first.headers.get('x-middleware-request-x-nonce');
    expect(nonce).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    expect(second.headers.get('x-middleware-request-x-nonce')).not.toBe(nonce);
  });

  it('tells the layout where it is, whatever a client claims', () => {
    const claimed = { 'x-keyward-path': '//evil.example', 'x-nonce': 'guessed' };
    const answer = proxy(new NextRequest(page, { headers: claimed }));
    expect(answer.headers.get('x-middleware-request-x-keyward-path')).toBe('/history?outcome=done');
    expect(answer.headers.get('x-middleware-request-x-nonce')).not.toBe('guessed');
  });

  it('refuses an action that another site, or no page at all, has sent', () => {
    expect(post({ origin: 'http://127.0.0.1:3000' })).toBe(200);
    expect(post({ origin: 'https://evil.example' })).toBe(403);
    expect(post({})).toBe(403);
  });

  it('goes by NEXTAUTH_URL, whatever the request says of its host', () => {
    vi.stubEnv('NEXTAUTH_URL', 'https://keyward.example');
    for (const name of ['host', 'x-forwarded-host'])
      expect(post({ origin: 'https://evil.example', [name]: 'evil.example' })).toBe(403);
    expect(post({ origin: 'http://keyward.example', host: 'keyward.example' })).toBe(403);
    expect(post({ origin: 'https://keyward.example', host: 'inner:3000' })).toBe(200);
    const passed = proxy(new NextRequest(page, { headers: { 'x-forwarded-host': 'evil.example' } }));
    expect(passed.headers.get('x-middleware-request-x-forwarded-host')).toBe('keyward.example');
  });
});

function post(headers: Record<string, string>): number {
  return proxy(new NextRequest(page, { method: 'POST', headers })).status;
}

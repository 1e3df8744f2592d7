import { NextRequest } from 'next/server';
import { describe, expect, it } from 'vitest';
import { proxy } from '../../proxy.ts';

const page = 'http://127.0.0.1:3000/history?outcome=done&_rsc=abc';

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
    const post = (origin?: string) =>
      proxy(
        new NextRequest(page, { method: 'POST', headers: { host: '127.0.0.1:3000', ...(origin ? { origin } : {}) } }),
      );
    expect(post('http://127.0.0.1:3000').status).toBe(200);
    expect(post('https://evil.example').status).toBe(403);
    expect(post().status).toBe(403);
  });
});

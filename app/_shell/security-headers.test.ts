import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, isFromOwnPage, securityHeaders } from './security-headers.ts';

const facts = { nonce: 'abc123', https: false, development: false };

describe('content security policy', () => {
  it('lets scripts and style elements run by nonce only', () => {
    const policy = contentSecurityPolicy(facts);
    expect(policy).toContain("script-src 'self' 'nonce-abc123' 'strict-dynamic';");
    expect(policy).toContain("style-src 'self' 'nonce-abc123';");
    expect(policy).not.toMatch(/script-src [^;]*unsafe/);
    expect(policy).not.toMatch(/style-src [^;]*unsafe/);
  });

  it('keeps pages out of frames, and forms at home', () => {
    expect(contentSecurityPolicy(facts)).toMatch(/form-action 'self'; frame-ancestors 'none'$/);
  });

  it('allows eval in development only', () => {
    expect(contentSecurityPolicy({ ...facts, development: true })).toContain("'unsafe-eval'");
  });
});

describe('security headers', () => {
  it('speak of https only where it is used', () => {
    expect(securityHeaders(facts)).not.toHaveProperty('Strict-Transport-Security');
    const headers = securityHeaders({ ...facts, https: true });
    expect(headers['Strict-Transport-Security']).toMatch(/^max-age=\d+/);
    expect(headers['Content-Security-Policy']).toContain('upgrade-insecure-requests');
  });
});

describe('requests that may change something', () => {
  const own = 'https://keyward.example';

  it.each([
    ['GET', null, true],
    ['HEAD', 'https://evil.example', true],
    ['POST', 'https://keyward.example', true],
    ['POST', 'http://keyward.example', false],
    ['POST', 'https://keyward.example:8443', false],
    ['POST', 'http://127.0.0.1:3000', false],
    ['POST', null, false],
    ['POST', 'null', false],
    ['POST', 'https://evil.example', false],
    ['POST', 'https://keyward.example.evil.example', false],
    ['DELETE', 'http://127.0.0.1:3001', false],
  ])('%s with the origin %s: %s', (method, origin, expected) => {
    expect(isFromOwnPage({ method, origin, path: '/apps' }, own)).toBe(expected);
  });

  it('refuses all where it is not said where Keyward is found', () => {
    expect(isFromOwnPage({ method: 'POST', origin: 'https://keyward.example', path: '/apps' }, '')).toBe(false);
  });

  it('needs no origin for what carries a token of its own, and refuses a foreign one there too', () => {
    const signIn = { method: 'POST', path: '/api/auth/callback/credentials' };
    expect(isFromOwnPage({ ...signIn, origin: null }, own)).toBe(true);
    expect(isFromOwnPage({ ...signIn, origin: 'http://keyward.example' }, own)).toBe(false);
  });
});

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
  const hosts = ['keyward.example', '127.0.0.1:3000'];

  it.each([
    ['GET', null, true],
    ['HEAD', 'https://evil.example', true],
    ['POST', 'https://keyward.example', true],
    ['POST', 'http://127.0.0.1:3000', true],
    ['POST', null, false],
    ['POST', 'null', false],
    ['POST', 'https://evil.example', false],
    ['POST', 'https://keyward.example.evil.example', false],
    ['DELETE', 'http://127.0.0.1:3001', false],
  ])('%s with the origin %s: %s', (method, origin, expected) => {
    expect(isFromOwnPage({ method, origin }, hosts)).toBe(expected);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { databaseTls, databaseTlsProblem } from './database-tls.ts';
import { ConfigError, parseConfig } from './parse.ts';

const folder = mkdtempSync(join(tmpdir(), 'keyward-tls-'));
const authority = join(folder, 'ca.pem');
writeFileSync(authority, 'a certificate');
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

const at = (host: string, query = '') => `postgresql://user:canary@${host}/keyward${query}`;

describe('what a database URL comes to', () => {
  it.each([
    [at('127.0.0.1:5432'), 'local'],
    [at('127.3.2.1'), 'local'],
    [at('localhost', '?sslmode=disable'), 'local'],
    [at('[::1]:5432'), 'local'],
    [at('%2Fvar%2Frun%2Fpostgresql'), 'local'],
    ['postgresql://user@/keyward?host=/var/run/postgresql', 'local'],
    [at('db.example'), 'none'],
    [at('10.0.0.5:5432'), 'none'],
    [at('127.0.0.1.example'), 'none'],
    [at('localhost.example'), 'none'],
    [at('db.example', '?sslmode=disable'), 'none'],
    // The driver takes the host of the query before that of the address.
    [at('127.0.0.1', '?host=db.example'), 'none'],
    [at('db.example', '?sslmode=no-verify'), 'unverified'],
    [at('db.example', '?ssl=no-verify'), 'unverified'],
    [at('db.example', '?uselibpqcompat=true&sslmode=require'), 'unverified'],
    [at('db.example', '?uselibpqcompat=true&sslmode=prefer'), 'unverified'],
    [at('db.example', `?uselibpqcompat=true&sslmode=verify-ca&sslrootcert=${authority}`), 'unverified'],
    [at('db.example', '?sslmode=verify-full'), 'verified'],
    [at('db.example', `?sslmode=verify-full&sslrootcert=${authority}`), 'verified'],
    [at('db.example', '?uselibpqcompat=true&sslmode=verify-full'), 'verified'],
    [at('db.example', '?ssl=true'), 'verified'],
  ])('%s is %s', (url, tls) => {
    expect(databaseTls(url)).toBe(tls);
  });

  it.each([
    ['verify-full', 'verified'],
    ['no-verify', 'unverified'],
    ['disable', 'none'],
  ])('PGSSLMODE=%s counts where the URL says nothing: %s', (mode, tls) => {
    vi.stubEnv('PGSSLMODE', mode);
    expect(databaseTls(at('db.example'))).toBe(tls);
  });

  it('PGHOST counts where the URL names no host', () => {
    vi.stubEnv('PGHOST', 'db.example');
    expect(databaseTls('postgresql://user@/keyward')).toBe('none');
  });
});

describe('production', () => {
  const problems = (env: Record<string, string | undefined>): string => {
    try {
      parseConfig({
        DATABASE_URL: at('127.0.0.1'),
        KEYWARD_ROOT_KEY: Buffer.alloc(32, 1).toString('base64'),
        NEXTAUTH_SECRET: 'a-session-secret-of-forty-characters-abcd',
        NEXTAUTH_URL: 'https://keyward.example',
        ...env,
      });
      return '';
    } catch (error) {
      return error instanceof ConfigError ? error.message : String(error);
    }
  };

  it.each(['DATABASE_URL', 'DATABASE_OWNER_URL'])(
    'refuses %s of another machine without TLS, whatever is allowed',
    (name) => {
      for (const allowed of [{}, { KEYWARD_DATABASE_TLS: 'unverified' }]) {
        const told = problems({ [name]: at('db.example'), ...allowed });
        expect(told).toContain(`${name} leads to another machine without TLS`);
        expect(told).not.toContain('canary');
      }
    },
  );

  it.each(['DATABASE_URL', 'DATABASE_OWNER_URL'])('takes unverified TLS in %s only where that is stated', (name) => {
    const env = { [name]: at('db.example', '?sslmode=no-verify') };
    expect(problems(env)).toContain(`${name} asks for TLS that does not verify the server`);
    expect(problems({ ...env, KEYWARD_DATABASE_TLS: 'unverified' })).toBe('');
    expect(problems({ ...env, KEYWARD_DATABASE_TLS: 'off' })).toContain('KEYWARD_DATABASE_TLS must be');
  });

  it('tells of a certificate file that is not there', () => {
    const env = { DATABASE_URL: at('db.example', '?sslmode=verify-full&sslrootcert=/not/there.pem') };
    expect(problems(env)).toContain('certificate files that cannot be used (ENOENT)');
  });

  it('takes verified TLS', () => {
    expect(problems({ DATABASE_URL: at('db.example', '?sslmode=verify-full') })).toBe('');
    expect(databaseTlsProblem(at('db.example', '?sslmode=verify-full'), false)).toBeUndefined();
  });
});

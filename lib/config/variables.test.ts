import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envExample, withTable } from '../../scripts/configuration/texts.ts';
import { parseConfig } from './parse.ts';
import { schema } from './schema.ts';
import { notForPeople, readBeside, variables } from './variables.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe('what is written about the environment', () => {
  it('names every variable of the schema once, and no other', () => {
    const hidden: readonly string[] = notForPeople;
    const there = [...Object.keys(schema.shape).filter((name) => !hidden.includes(name)), ...Object.keys(readBeside)];
    expect(variables.flatMap(({ names }) => names).sort()).toEqual(there.sort());
  });

  it('is .env.example, as the schema gives it (node scripts/bootstrap.mjs env-example writes it)', () => {
    expect(read('.env.example')).toBe(envExample());
  });

  it('is the table of the README, as the schema gives it', () => {
    expect(read('README.md')).toBe(withTable(read('README.md')));
  });
});

describe('.env.example', () => {
  /** Its assignments: those of `#NAME=` lines only where asked for. */
  function assignments({ commented }: { commented: boolean }): Record<string, string> {
    const lines = envExample().matchAll(commented ? /^#?([A-Z_]+)=(.*)$/gm : /^([A-Z_]+)=(.*)$/gm);
    return Object.fromEntries(Array.from(lines, ([, name = '', value = '']) => [name, value]));
  }
  const filledIn = {
    DATABASE_URL: 'postgresql://app@127.0.0.1/keyward',
    KEYWARD_ROOT_KEY: Buffer.alloc(32, 7).toString('base64'),
    NEXTAUTH_SECRET: 'a-session-secret-of-forty-characters-abcd',
    NEXTAUTH_URL: 'https://keyward.example',
  };

  it('leaves empty, and without a #, just what a process does not start without', () => {
    expect(assignments({ commented: false })).toEqual({
      DATABASE_URL: '',
      KEYWARD_ROOT_KEY: '',
      NEXTAUTH_SECRET: '',
      NEXTAUTH_URL: '',
    });
  });

  it('shows the defaults: all of them written out configure what none of them does', () => {
    const all: Record<string, string> = { ...assignments({ commented: true }), ...filledIn };
    expect(parseConfig(all)).toEqual(parseConfig(filledIn));
    expect(all.KEYWARD_TENANT_LIMITS).toContain('test=60/8,');
    expect(all.KEYWARD_REKEY_AFTER_DAYS).toBe('90');
  });

  it('can be loaded by a shell: no value needs quotes', () => {
    for (const value of Object.values(assignments({ commented: true }))) expect(value).toMatch(/^[\w.,:/=@-]*$/);
  });
});

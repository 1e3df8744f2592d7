import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HistoryEvent, HistoryNames } from '#lib/byok/account-views.ts';
import { errorWords } from '#lib/byok/errors.ts';
import { operationChoices } from '../words.ts';
import { plainText } from './sentence.ts';
import { sentenceOf, toldOperations } from './sentence-of.ts';

const keyId = '11111111-2222-4333-8444-555555555555';
const appId = '66666666-7777-4888-9999-aaaaaaaaaaaa';
const tenantId = 'bbbbbbbb-2222-4333-8444-555555555555';
const names: HistoryNames = {
  [keyId]: { kind: 'key', name: 'byok-prod' },
  [appId]: { kind: 'app', name: 'Agent desktop' },
  [tenantId]: { kind: 'tenant', name: 'Acme' },
};

const event = (operation: string, more: Partial<HistoryEvent> = {}): HistoryEvent => ({
  id: 'cccccccc-2222-4333-8444-555555555555',
  at: '2026-11-22T12:01:00.000Z',
  actor: 'admin@acme.example',
  actorRole: 'admin',
  operation,
  outcome: 'done',
  code: null,
  target: keyId,
  before: null,
  after: null,
  requestId: 'r',
  providerRequestIds: [],
  ...more,
});
const told = (operation: string, more?: Partial<HistoryEvent>) => plainText(sentenceOf(event(operation, more), names));

describe('an event reads as a sentence', () => {
  it.each([
    [told('open-recent-records', { target: appId, after: { records: 10 } }), 'opened 10 records of Agent desktop'],
    [told('rotate-key', { after: { version: 2 } }), 'rotated byok-prod to version 2'],
    [told('rename-key', { before: { alias: 'old' }, after: { alias: 'byok-prod' } }), 'renamed old to byok-prod'],
    [
      told('test-configuration', { after: { outcome: 'passed', checks: { a: 'passed', b: 'warning', c: 'skipped' } } }),
      'tested byok-prod: 2 of 2 checks passed',
    ],
    [
      told('test-configuration', { after: { outcome: 'failed', checks: { a: 'passed', b: 'failed', c: 'not-run' } } }),
      'tested byok-prod: 1 of 2 checks failed',
    ],
    [
      told('schedule-key', { after: { apps: 1, enforcementAt: '2026-12-01T08:00:00.000Z' } }),
      'scheduled byok-prod for 1 app or bot from 1 December 2026, 08:00 UTC',
    ],
    [
      told('update-apps', { after: { added: 3, removed: 1 } }),
      'added 3 apps and bots to byok-prod and removed 1 app or bot',
    ],
    [
      told('validate-apps', { after: { apps: 11, tried: 40, opened: 38 } }),
      'validated 11 apps and bots of byok-prod: 38 of 40 records opened',
    ],
    [
      told('revert-key', { before: { apps: 11 }, after: { apps: 0 } }),
      'reverted byok-prod: 11 apps and bots return to the platform key',
    ],
    [told('make-irreversible', { target: tenantId }), 'made every key of this tenant irreversible'],
    [told('make-irreversible'), 'made byok-prod irreversible'],
    [told('read-tenant', { target: tenantId }), 'viewed this tenant'],
    [told('note-policy-scope'), 'noted which keys the IAM policy of byok-prod names'],
  ])('%s', (sentence, said) => {
    expect(sentence).toBe(`admin@acme.example ${said}`);
  });

  it('of what happened without anybody’s doing, with what was said of it', () => {
    const revoked = { actor: 'Keyward', actorRole: 'system', after: { text: 'The key is disabled.', apps: 11 } };
    expect(told('key-revoked', revoked)).toBe(
      'Access to byok-prod was revoked. The key is disabled. 11 apps and bots stopped.',
    );
    expect(told('activation-failed', { actor: 'Keyward', target: null, after: { text: '' } })).toBe(
      'A key could not be activated.',
    );
  });

  it('of what was refused, with why', () => {
    const refused = {
      outcome: 'refused',
      code: 'forbidden',
      actor: 'viewer@acme.example',
      actorRole: 'viewer',
    } as const;
    expect(told('rotate-key', refused)).toBe('viewer@acme.example tried to rotate byok-prod. Viewers cannot do this.');
    const repeated = {
      count: 1480,
      firstAt: '2026-11-22T12:00:01.000Z',
      lastAt: '2026-11-22T12:00:59.000Z',
      targets: [],
    };
    expect(
      told('sign-in', {
        ...refused,
        actor: 'unknown address',
        actorRole: 'none',
        code: 'wrong-credentials',
        after: { repeated },
      }),
    ).toBe(
      'An unknown address tried to sign in. The email or the password was wrong. Refused 1,480 more times between 12:00:01 and 12:00:59 UTC.',
    );
    expect(
      told('create-customer-key', { outcome: 'failed', actor: 'Keyward', after: { reason: 'No answer came.' } }),
    ).toBe('Keyward tried to create a key in AWS for byok-prod. No answer came.');
  });

  it('of what is gone by its kind and the beginning of its ID', () => {
    const gone = 'dddddddd-2222-4333-8444-555555555555';
    expect(told('rotate-key', { target: gone })).toBe('admin@acme.example rotated a deleted key (dddddddd)');
    expect(told('open-recent-records', { target: gone, after: { records: 1, app: 'Chat' } })).toBe(
      'admin@acme.example opened 1 record of Chat',
    );
  });

  it('of a tenant that is gone, in the vendor’s history', () => {
    const gone = 'dddddddd-2222-4333-8444-555555555555';
    expect(told('read-tenant', { target: gone })).toBe('admin@acme.example viewed a deleted tenant (dddddddd)');
    expect(told('read-tenant', { target: tenantId, tenantName: 'Acme' })).toBe('admin@acme.example viewed Acme');
  });

  it('without what cannot be seen', () => {
    expect(told('create-key', { actor: 'a\u202eb', after: { alias: 'in\u202evoice' } })).toBe(
      'A\\u202Eb created the draft in\\u202Evoice',
    );
  });

  it('in plain words where nothing is known of it', () => {
    expect(told('count-the-stars')).toBe('admin@acme.example: Count the stars');
    expect(told('constructor')).toBe('admin@acme.example: Constructor');
  });

  it('in each code of a refusal', () => {
    for (const code of Object.keys(errorWords))
      expect(told('rotate-key', { outcome: 'refused', code })).toMatch(
        /^admin@acme\.example tried to rotate byok-prod\. [A-Z].+\.$/,
      );
  });
});

describe('every operation and event that was ever stored has a sentence of its own', () => {
  const fixture = new URL('../../../lib/db/testing/fixture/20261128231500/data.sql', import.meta.url);
  const stored = readFileSync(fixture, 'utf8').split('INSERT INTO public.audit_event (')[1]?.split(';\n')[0] ?? '';
  const rows = [...stored.matchAll(/^\('[^']+', '[^']+', (?:NULL|'[^']+'), '[^']+', '[^']+', '([a-z-]+)'/gm)];
  const operations = [...new Set(rows.flatMap((row) => row[1] ?? []))];

  it('and the test has read them', () => {
    expect(rows.length).toBeGreaterThan(500);
    expect(operations).toEqual(expect.arrayContaining(['finish-activation', 'key-revoked', 'list-tenants']));
  });

  it.each([...new Set([...operations, ...operationChoices().map(([operation]) => operation)])])('%s', (operation) => {
    expect(toldOperations()).toContain(operation);
    for (const outcome of ['done', 'refused', 'failed'] as const)
      for (const target of [keyId, null]) {
        const sentence = told(operation, { outcome, target, code: outcome === 'done' ? null : 'internal' });
        expect(sentence).not.toMatch(/undefined|null|\[object|NaN| {2}|\s$/);
        expect(sentence).toMatch(/^[A-Za-z\d]/);
      }
  });
});

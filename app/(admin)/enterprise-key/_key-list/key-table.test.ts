import { describe, expect, it } from 'vitest';
import type { KeySummary } from '#lib/byok/key-views.ts';
import { sampleTransition, sampleView } from '../../../_shared/key/sample-view.fixture.ts';
import { matchingKeys } from './matching-keys.ts';
import { nextStepOf } from './next-step.ts';
import { tenantSummary } from './tenant-summary.ts';

const key = (parts: Partial<KeySummary> = {}): KeySummary => ({ ...sampleView(), ...parts });
const sentence = (total: number, underPlatformKey: number, keys: KeySummary[]) =>
  tenantSummary({ apps: { total, underPlatformKey }, keys })
    .map(({ text }) => text)
    .join('');

describe('what is true of the tenant as a whole', () => {
  it('counts the apps under any of its keys, and says who reads the others', () => {
    expect(sentence(12, 1, [key({ appsUnderKey: 11 })])).toBe(
      '11 of 12 apps and bots use your own key. The vendor can read the other one without you.',
    );
    const two = [key({ appsUnderKey: 7 }), key({ appsUnderKey: 5 })];
    expect(sentence(12, 0, two)).toBe('12 of 12 apps and bots use 2 keys of your own.');
  });

  it('says that nothing is protected where nothing is, and what cannot be read where a key refuses', () => {
    expect(sentence(12, 12, [key({ appsUnderKey: 0 })])).toMatch(
      /^No apps use your own key\. The vendor’s platform key protects all 12 apps and bots, and the vendor can read them/,
    );
    const health = { state: 'revoked', cause: null, since: null, at: null, providerRequestId: null } as const;
    const refusing = [key({ appsUnderKey: 7 }), key({ appsUnderKey: 4, health })];
    expect(sentence(12, 1, refusing)).toMatch(/4 of them can’t be read now: access to the key was denied/);
  });
});

describe('the next step of a key', () => {
  const draft = key({ status: 'draft', state: 'draft', health: null, transition: null, appsUnderKey: 0 });

  it('leads an administrator on with a draft, and a viewer nowhere', () => {
    expect(nextStepOf(draft, 'admin').link?.href).toBe(`/enterprise-key/${draft.id}/setup`);
    expect(nextStepOf(draft, 'viewer').link).toBeUndefined();
    expect(nextStepOf({ ...draft, lastTest: { at: '2026-11-22T12:00:00Z', passed: true } }, 'admin').text).toMatch(
      /date/,
    );
  });

  it('of a key that this version does not know how to reach is the vendor’s, and leads into no set-up', () => {
    const unknownConnection = { provider: 'gcp', authMode: 'assume-role' };
    const draft = key({ status: 'draft', state: 'draft', unknownConnection });
    expect(nextStepOf(draft, 'admin')).toEqual({ text: expect.stringContaining('Contact the vendor’s support') });
  });

  it('is the most urgent thing first', () => {
    const failure = { code: 'key-outage', detail: 'x' } as const;
    const stuck = sampleTransition({ failure, finishedAt: null });
    const revoked = { state: 'revoked', cause: null, since: null, at: null, providerRequestId: null } as const;
    expect(nextStepOf(key({ transition: stuck, health: revoked }), 'admin').text).toMatch(/^Enable it in AWS/);
    expect(nextStepOf(key({ transition: stuck }), 'admin').text).toMatch(/why it stopped/);
    expect(nextStepOf(key({ transition: null }), 'admin').text).toBe('None.');
  });
});

it.each([
  ['PROD', ['production']],
  ['for tests', ['staging']],
  ['scheduled', ['staging']],
  ['key/abc', ['production']],
  ['', ['production', 'staging']],
  ['nothing', []],
])('a search for %j', (search, expected) => {
  const keys = [
    key({ alias: 'production', description: '', keyRef: 'arn:aws:kms:us-east-1:1:key/abc' }),
    key({ alias: 'staging', description: 'For tests', status: 'scheduled', keyRef: null }),
  ];
  expect(matchingKeys(keys, search).map(({ alias }) => alias)).toEqual(expected);
});

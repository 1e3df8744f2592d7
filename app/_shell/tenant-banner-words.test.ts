import { expect, test } from 'vitest';
import type { HealthView, KeySummary, UnreadableVersion } from '#lib/byok/key-views.ts';
import { sampleView } from '../_shared/key/sample-view.fixture.ts';
import { tenantNotice } from './tenant-banner-words.ts';

const at = '2026-11-22T12:00:00.000Z';
const now = Date.parse('2026-11-22T12:00:30.000Z');
const later = now + 60_000;
const health = (state: HealthView['state'], cause: string | null = null): HealthView => {
  return { state, cause, since: at, at, providerRequestId: 'req-1' };
};
const tenant = { name: 'Acme', homeRegion: 'us-east-1', commitment: null, cacheTtlSeconds: 60 };
const told = (keys: KeySummary[], when = now) => tenantNotice({ keys, tenant }, when);
const older: UnreadableVersion = {
  number: 1,
  provider: 'aws',
  apps: 3,
  dataKeys: 3,
  records: 301,
  health: health('revoked', 'The key is disabled.'),
};

test('nothing is said while everything can be read', () => {
  for (const state of ['healthy', 'degraded', 'not-yet-checked'] as const)
    expect(told([sampleView({ health: health(state) })])).toBeNull();
  expect(told([])).toBeNull();
});

test('a revoked key is named with its cause, what cannot be read, and the way to what helps', () => {
  expect(told([sampleView({ health: health('revoked', 'The key is disabled.') })])).toEqual({
    tone: 'bad',
    title: 'production is revoked.',
    text: 'The key is disabled. 11 apps and bots cannot read or write data.',
    href: '/enterprise-key/key-1#next-steps',
  });
});

test('a revoked key that nothing needs takes nothing away', () => {
  expect(told([sampleView({ health: health('revoked'), state: 'draft', appsUnderKey: 0 })])).toBeNull();
});

test('an outage counts once no cached data key can be left, and is no revocation', () => {
  const key = sampleView({ health: health('outage') });
  expect(told([key])).toBeNull();
  expect(told([key], later)).toMatchObject({ tone: 'warn', title: 'AWS does not answer for production.' });
});

test('an older version that cannot be read is told of, though the active one is well', () => {
  expect(told([sampleView({ versionNumber: 2, unreadable: [older] })])).toMatchObject({
    tone: 'bad',
    title: '301 records under version 1 of production cannot be read.',
    text: 'The key is disabled.',
  });
});

test('a key that this version does not know how to reach is not called revoked', () => {
  const unknownConnection = { provider: 'gcp', authMode: 'assume-role' };
  expect(told([sampleView({ unknownConnection })])?.title).toBe('Keyward does not know how production is connected.');
});

test('several keys are counted, and the way leads to all of them', () => {
  const first = sampleView({ health: health('revoked') });
  const second = sampleView({ id: 'key-2', alias: 'archive', health: health('revoked'), appsUnderKey: 2 });
  expect(told([first, second])).toMatchObject({
    tone: 'bad',
    title: 'Data under 2 keys cannot be read.',
    text: 'Up to 13 apps and bots are affected.',
    href: '/enterprise-key',
  });
});

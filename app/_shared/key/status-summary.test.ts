import { expect, test } from 'vitest';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { sampleTransition, sampleView } from './sample-view.fixture.ts';
import { keyName, type Surroundings, statusSummary } from './status-summary.ts';

const around: Surroundings = { appsTotal: 12, cacheTtlSeconds: 60, timeZone: 'Europe/Berlin' };

const read = (changes: Partial<KeyPageView>, surroundings = around) =>
  statusSummary(sampleView(changes), surroundings)
    .map((piece) => piece.text)
    .join('');

test('an active key says how many, under which key, and how soon disabling it takes effect', () => {
  expect(read({})).toBe(
    '11 of 12 apps and bots are encrypted under your key alias/byok-prod. If you disable it, nobody at the vendor can read them 60 seconds later.',
  );
});

test('without a cache there is no time to wait for', () => {
  expect(read({}, { ...around, cacheTtlSeconds: 0 })).toContain(
    'nobody at the vendor can read them from the next read on.',
  );
});

test('a refusing key is not spoken of as if it still had to be disabled', () => {
  const health = { state: 'revoked' as const, cause: 'Disabled', since: null, at: null, providerRequestId: null };
  expect(read({ health })).toContain('nobody at the vendor can read them now.');
  expect(read({ health })).not.toContain('If you disable it');
});

test('a refusing key does not promise that nobody reads while a data key is leased', () => {
  const health = { state: 'revoked' as const, cause: 'Disabled', since: null, at: null, providerRequestId: null };
  const text = read({ health }, { ...around, leasesServeSeconds: 45 });
  expect(text).toContain('nobody at the vendor can read them in 45 seconds, when the last data key');
  expect(text).not.toContain('now.');
});

test('while records move, it promises nothing about what was stored before', () => {
  const transition = { ...anActivation, records: { total: 100, done: 40, failed: 0, left: 60 } };
  const text = read({ status: 'activating', transition });
  expect(text).toContain('New data of 11 of 12 apps and bots');
  expect(text).toContain('60 stored records from before are still being moved');
  expect(text).not.toContain('nobody at the vendor');
});

test('during a rotation it names the version that new data is under, and what is still under the one before', () => {
  expect(read({ status: 'rotating', state: 'rotating', versionNumber: 2, transition: sampleTransition() })).toBe(
    'New data of 11 of 12 apps and bots is encrypted under version 2 of your key alias/byok-prod. 14 older data keys from the version before are still being moved to it.',
  );
});

test('an active key whose transition is incomplete promises nothing about disabling it', () => {
  const transition = sampleTransition({
    triedAt: '2026-11-22T12:00:00.000Z',
    dataKeys: { total: 20, done: 19, failed: 1, left: 0 },
  });
  const text = read({ versionNumber: 2, transition });
  expect(text).toContain('1 older data key from the version before could not be moved to it yet.');
  expect(text).not.toContain('If you disable it');
});

test('records that a rotation re-encrypts are under the new version already, so that disabling it counts', () => {
  const transition = sampleTransition({
    phase: 'reencrypting',
    triedAt: '2026-11-22T12:00:00.000Z',
    dataKeys: { total: 20, done: 20, failed: 0, left: 0 },
    records: { total: 100, done: 40, failed: 0, left: 60 },
  });
  expect(read({ versionNumber: 2, transition })).toContain('If you disable it, nobody at the vendor can read them');
});

test('a paused transition is not spoken of as if it went on', () => {
  const transition = sampleTransition({ paused: { at: '2026-11-22T12:00:00.000Z', by: 'admin@acme.example' } });
  const text = read({ status: 'rotating', state: 'rotating', transition });
  expect(text).toContain('that is paused');
  expect(text).not.toContain('still being moved');
});

test('an outage in the middle of a key transition is told, and is no revocation', () => {
  const health = { state: 'outage' as const, cause: null, since: null, at: null, providerRequestId: null };
  const text = read({ status: 'rotating', state: 'rotating', transition: sampleTransition(), health });
  expect(text).toContain('AWS does not answer just now');
  expect(text).not.toContain('refuses us');
});

test('a change of apps that has nothing left to move is over for the reader', () => {
  const transition = sampleTransition({ kind: 'select-apps', dataKeys: { total: 2, done: 2, failed: 0, left: 0 } });
  expect(read({ transition })).toContain('11 of 12 apps and bots are encrypted under your key alias/byok-prod.');
});

test('a return to the platform key says who can read, and that the key is still needed', () => {
  const text = read({
    status: 'reverting',
    state: 'reverting',
    appsUnderKey: 0,
    transition: sampleTransition({ kind: 'revert' }),
  });
  expect(text).toContain('the vendor can read it without you');
  expect(text).toContain('14 older data keys still need your key alias/byok-prod. Keep it enabled');
});

test('a reverted key says what it was, and that nothing lies under it', () => {
  const transition = sampleTransition({ kind: 'revert', finishedAt: '2026-11-22T12:00:00.000Z' });
  expect(read({ status: 'reverted', state: 'reverted', transition })).toBe(
    'This key was reverted and protects nothing any more. 11 apps and bots went back to the platform key.',
  );
  expect(read({ status: 'reverted', state: 'reverted', transition: null })).toContain('No data lies under it.');
});

test('a due key that has moved nothing yet says that the platform key still protects', () => {
  const text = read({ status: 'activating', state: 'scheduled', appsUnderKey: 0, transition: anActivation });
  expect(text).toContain('Until the move the platform key protects them.');
});

test('a scheduled key says from when, in the zone that was chosen', () => {
  const text = read({ status: 'scheduled', state: 'scheduled', enforcementAt: '2026-12-01T08:00:00.000Z' });
  expect(text).toContain('from 1 December 2026, 09:00 CET. Until then the platform key protects them.');
});

test('a draft protects nothing and says so', () => {
  expect(read({ status: 'draft', state: 'draft' })).toContain('Nothing is encrypted under this key yet.');
});

test('a key is called by its AWS alias where one was given, else by the alias given here', () => {
  expect(keyName(sampleView())).toBe('alias/byok-prod');
  expect(keyName({ provider: 'aws', alias: 'production', keyRef: 'arn:aws:kms:us-east-1:111122223333:key/1' })).toBe(
    'production',
  );
  expect(keyName({ provider: 'aws', alias: 'production', keyRef: null })).toBe('production');
});

const anActivation = sampleTransition({
  kind: 'activate',
  phase: 'reencrypting',
  dataKeys: { total: 11, done: 11, failed: 0, left: 0 },
});

test('what is true of a key that this version does not know how to reach promises nothing of disabling it', () => {
  const unknownConnection = { provider: 'gcp', authMode: 'assume-role' };
  const text = read({ unknownConnection });
  expect(text).toMatch(/does not know how the key is connected: what lies under it cannot be read\.$/);
  expect(text).not.toMatch(/If you disable it/);
  expect(read({ unknownConnection, status: 'scheduled', state: 'scheduled' })).toMatch(/so nothing moves to it\.$/);
});

import { expect, test } from 'vitest';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { sampleTransition, sampleView } from './sample-view.fixture.ts';
import { isRevoked, type Surroundings, statusSummary } from './status-summary.ts';

const around: Surroundings = { appsTotal: 12, cacheTtlSeconds: 60, timeZone: 'Europe/Berlin' };

const read = (changes: Partial<KeyPageView>, surroundings = around) =>
  statusSummary(sampleView(changes), surroundings)
    .map((piece) => piece.text)
    .join('');

test('an active key says how many use it, and how soon disabling it takes effect', () => {
  expect(read({})).toBe(
    '11 of 12 apps and bots use your key. If you disable it in AWS, their data is unreadable within 60 seconds.',
  );
});

test('without a cache there is no time to wait for', () => {
  expect(read({}, { ...around, cacheTtlSeconds: 0 })).toContain(
    'If you disable it in AWS, their data is unreadable from the next read on.',
  );
});

test('a refusing key is not spoken of as if it still had to be disabled', () => {
  const health = { state: 'revoked' as const, cause: 'Disabled', since: null, at: null, providerRequestId: null };
  expect(read({ health })).toContain('11 of 12 apps and bots cannot read or write data. Your data stays encrypted');
  expect(read({ health })).not.toContain('If you disable it');
});

test('a refusing key does not promise that nobody reads while a data key is leased', () => {
  const health = { state: 'revoked' as const, cause: 'Disabled', since: null, at: null, providerRequestId: null };
  const text = read({ health }, { ...around, leasesServeSeconds: 45 });
  expect(text).toContain('A service may still use a leased data key for 45 seconds.');
  expect(text).not.toContain('cannot read or write data.');
});

test('while records move, the sentence names the state and what moves, and promises nothing about what was stored before', () => {
  const transition = { ...anActivation, records: { total: 100, done: 40, failed: 0, left: 60 } };
  const text = read({ status: 'activating', transition });
  expect(text).toMatch(/^Activating\. New data of 11 of 12 apps and bots uses your key\./);
  expect(text).toContain('60 stored records from before are still being moved');
  expect(text).not.toContain('unreadable');
});

test('during a rotation it names the version that new data is under, and what is still under the one before', () => {
  expect(read({ status: 'rotating', state: 'rotating', versionNumber: 2, transition: sampleTransition() })).toBe(
    'Rotating to version 2. New data of 11 of 12 apps and bots uses it. 14 older data keys from the previous version are still being moved to it.',
  );
});

test('an active key whose transition is incomplete promises nothing about disabling it', () => {
  const transition = sampleTransition({
    triedAt: '2026-11-22T12:00:00.000Z',
    dataKeys: { total: 20, done: 19, failed: 1, left: 0 },
  });
  const text = read({ versionNumber: 2, transition });
  expect(text).toContain('1 older data key from the previous version could not be moved to it yet.');
  expect(text).not.toContain('If you disable it');
});

test('records that a rotation re-encrypts are under the new version already, so that disabling it counts', () => {
  const transition = sampleTransition({
    phase: 'reencrypting',
    triedAt: '2026-11-22T12:00:00.000Z',
    dataKeys: { total: 20, done: 20, failed: 0, left: 0 },
    records: { total: 100, done: 40, failed: 0, left: 60 },
  });
  expect(read({ versionNumber: 2, transition })).toContain('If you disable it in AWS, their data is unreadable');
});

test('a paused transition is not spoken of as if it went on', () => {
  const transition = sampleTransition({ paused: { at: '2026-11-22T12:00:00.000Z', by: 'admin@acme.example' } });
  const text = read({ status: 'rotating', state: 'rotating', transition });
  expect(text).toMatch(/^Rotating to version 1, paused\./);
  expect(text).toContain('that is paused');
  expect(text).not.toContain('still being moved');
});

test('an outage in the middle of a key transition is told, and is no revocation', () => {
  const health = { state: 'outage' as const, cause: null, since: null, at: null, providerRequestId: null };
  const text = read({ status: 'rotating', state: 'rotating', transition: sampleTransition(), health });
  expect(text).toContain('AWS does not answer: reading and writing may be refused until it does.');
  expect(text).not.toContain('denied');
});

test('a change of apps that has nothing left to move is over for the reader', () => {
  const transition = sampleTransition({ kind: 'select-apps', dataKeys: { total: 2, done: 2, failed: 0, left: 0 } });
  expect(read({ transition })).toMatch(/^11 of 12 apps and bots use your key\./);
});

test('a return to the platform key says who can read, and that the key is still needed', () => {
  const text = read({
    status: 'reverting',
    state: 'reverting',
    appsUnderKey: 0,
    transition: sampleTransition({ kind: 'revert' }),
  });
  expect(text).toContain('the vendor can read it without you');
  expect(text).toMatch(/^Reverting to the platform key\./);
  expect(text).toContain('14 older data keys still need your key. Keep it enabled');
});

test('a reverted key says what it was, and that nothing lies under it', () => {
  const transition = sampleTransition({ kind: 'revert', finishedAt: '2026-11-22T12:00:00.000Z' });
  expect(read({ status: 'reverted', state: 'reverted', transition })).toBe(
    'This key is no longer used. 11 apps and bots are back on the platform key.',
  );
  expect(read({ status: 'reverted', state: 'reverted', transition: null })).toContain('No data uses it.');
});

test('a due key that has moved nothing yet says that the platform key still protects', () => {
  const text = read({ status: 'activating', state: 'scheduled', appsUnderKey: 0, transition: anActivation });
  expect(text).toContain('Until then the platform key protects them.');
});

test('a scheduled key says from when, in the zone that was chosen', () => {
  const text = read({ status: 'scheduled', state: 'scheduled', enforcementAt: '2026-12-01T08:00:00.000Z' });
  expect(text).toContain('from 1 December 2026, 09:00 CET. Until then the platform key protects them.');
});

test('a draft protects nothing and says so', () => {
  expect(read({ status: 'draft', state: 'draft' })).toContain('No data is encrypted with this key yet.');
});

test.each([
  [
    'rotating',
    { status: 'rotating', state: 'rotating', versionNumber: 2, transition: sampleTransition() },
    /^Rotating to/,
  ],
  [
    'reverting',
    { status: 'reverting', state: 'reverting', appsUnderKey: 0, transition: sampleTransition({ kind: 'revert' }) },
    /^Reverting to the platform key\./,
  ],
  [
    'changing its apps',
    { transition: sampleTransition({ kind: 'select-apps' }) },
    /^Changing apps\. New data of 11 of 12 apps and bots uses your key\./,
  ],
] as const)('a key that was taken away while it is %s still says what moves, and that it cannot', (_, view, moves) => {
  const health = { state: 'revoked' as const, cause: 'Disabled', since: null, at: null, providerRequestId: null };
  expect(read({ ...view, health })).toMatch(moves);
  expect(read({ ...view, health })).toMatch(/Access to the key was denied: data under it cannot be read\.$/);
  expect(isRevoked(sampleView({ ...view, health }))).toBe(true);
});

test('a key that refuses is called revoked only while something needs it', () => {
  const health = { state: 'revoked' as const, cause: 'Disabled', since: null, at: null, providerRequestId: null };
  expect(isRevoked(sampleView({ health }))).toBe(true);
  expect(isRevoked(sampleView({ health, status: 'draft', state: 'draft', appsUnderKey: 0 }))).toBe(false);
  expect(isRevoked(sampleView({ health: { ...health, state: 'outage' } }))).toBe(false);
});

const anActivation = sampleTransition({
  kind: 'activate',
  phase: 'reencrypting',
  dataKeys: { total: 11, done: 11, failed: 0, left: 0 },
});

test('what is true of a key that this version does not know how to reach promises nothing of disabling it', () => {
  const unknownConnection = { provider: 'gcp', authMode: 'assume-role' };
  const text = read({ unknownConnection });
  expect(text).toMatch(/does not know how the key is connected\. Its data cannot be read\.$/);
  expect(text).not.toMatch(/If you disable it/);
  expect(read({ unknownConnection, status: 'scheduled', state: 'scheduled' })).toMatch(/so nothing moves to it\.$/);
});

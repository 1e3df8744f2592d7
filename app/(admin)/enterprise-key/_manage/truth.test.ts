import { expect, test } from 'vitest';
import type { KeyPageView } from '#lib/byok/views.ts';
import { sampleMove, sampleView } from './sample-view.fixture.ts';
import { keyName, sentenceOfTruth } from './truth.ts';

const around = { appsTotal: 12, cacheTtlSeconds: 60, timeZone: 'Europe/Berlin' };

const read = (changes: Partial<KeyPageView>, surroundings = around) =>
  sentenceOfTruth(sampleView(changes), surroundings)
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
  const health = { state: 'revoked' as const, cause: 'Disabled', since: null, at: null, awsRequestId: null };
  expect(read({ health })).toContain('nobody at the vendor can read them now.');
  expect(read({ health })).not.toContain('If you disable it');
});

test('while records move, it promises nothing about what was stored before', () => {
  const move = { ...anActivation, records: { total: 100, done: 40, failed: 0, left: 60 } };
  const text = read({ status: 'Activating', move });
  expect(text).toContain('New data of 11 of 12 apps and bots');
  expect(text).toContain('60 stored records from before are still being moved');
  expect(text).not.toContain('nobody at the vendor');
});

test('a due key that has moved nothing yet says that the platform key still protects', () => {
  const text = read({ status: 'Activating', state: 'scheduled', appsUnderKey: 0, move: anActivation });
  expect(text).toContain('Until the move the platform key protects them.');
});

test('a scheduled key says from when, in the zone that was chosen', () => {
  const text = read({ status: 'Scheduled', state: 'scheduled', enforcementAt: '2026-12-01T08:00:00.000Z' });
  expect(text).toContain('from 1 December 2026, 09:00 CET. Until then the platform key protects them.');
});

test('a draft protects nothing and says so', () => {
  expect(read({ status: 'Draft', state: 'draft' })).toContain('Nothing is encrypted under this key yet.');
});

test('a key is called by its AWS alias where one was given, else by the alias given here', () => {
  expect(keyName(sampleView())).toBe('alias/byok-prod');
  expect(keyName({ alias: 'production', keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1' })).toBe('production');
  expect(keyName({ alias: 'production', keyArn: null })).toBe('production');
});

const anActivation = sampleMove({
  kind: 'activate',
  phase: 'reencrypting',
  dataKeys: { total: 11, done: 11, failed: 0, left: 0 },
});

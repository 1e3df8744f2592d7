import { expect, test } from 'vitest';
import { sampleApp, sampleTransition, sampleView } from '../../../_shared/key/sample-view.fixture.ts';
import { pollIntervalMs } from './polling.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const ailing = (state: 'degraded' | 'outage' | 'revoked' | 'not-yet-checked') =>
  sampleView({ health: { state, cause: null, since: null, at: null, providerRequestId: null } });

test('a well active key is looked at calmly', () => {
  expect(pollIntervalMs(sampleView(), now)).toBe(10_000);
});

test.each(['degraded', 'outage', 'revoked', 'not-yet-checked'] as const)(
  'a key that is %s is watched closely',
  (state) => {
    expect(pollIntervalMs(ailing(state), now)).toBe(2000);
  },
);

test('an activating key is watched closely', () => {
  expect(pollIntervalMs(sampleView({ status: 'activating' }), now)).toBe(2000);
});

test('a scheduled key is watched closely from half a minute before its date', () => {
  const scheduled = (enforcementAt: string) => sampleView({ status: 'scheduled', state: 'scheduled', enforcementAt });
  expect(pollIntervalMs(scheduled('2026-11-22T12:00:31.000Z'), now)).toBe(10_000);
  expect(pollIntervalMs(scheduled('2026-11-22T12:00:30.000Z'), now)).toBe(2000);
  expect(pollIntervalMs(scheduled('2026-11-22T11:59:00.000Z'), now)).toBe(2000);
});

test('a reverted key is not asked about again', () => {
  expect(pollIntervalMs(sampleView({ status: 'reverted', state: 'reverted' }), now)).toBe(false);
});

test('an active key whose apps still move, or rekey, is watched closely', () => {
  expect(pollIntervalMs(sampleView({ transition: sampleTransition({ kind: 'select-apps' }) }), new Date())).toBe(2000);
  const rekeying = { ...sampleApp(0, { kind: 'platform' }), rekey: sampleTransition({ kind: 'rekey' }) };
  expect(pollIntervalMs(sampleView({ apps: [rekeying] }), new Date())).toBe(2000);
  expect(
    pollIntervalMs(
      sampleView({ transition: sampleTransition({ finishedAt: '2026-11-22T12:00:00.000Z' }) }),
      new Date(),
    ),
  ).toBe(10_000);
});

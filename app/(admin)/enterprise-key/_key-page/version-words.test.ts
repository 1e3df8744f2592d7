import { expect, test } from 'vitest';
import { sampleTransition, sampleVersion, sampleView } from '../../../_shared/key/sample-view.fixture.ts';
import { activeUntil, retirementWords } from './version-words.ts';

const second = sampleVersion({ id: 'version-2', number: 2, madeAt: '2026-11-25T09:00:00.000Z' });
const first = sampleVersion({ current: false });

test('a version was active until the next one was made', () => {
  const versions = [second, first];
  expect(activeUntil(first, versions, sampleView({ versions }))).toBe('2026-11-25T09:00:00.000Z');
  expect(activeUntil(second, versions, sampleView({ versions }))).toBeNull();
});

test('the last version of a reverted key was active until the revert', () => {
  const view = sampleView({ versions: [first], transition: sampleTransition({ kind: 'revert' }) });
  expect(activeUntil(first, view.versions, view)).toBe('2026-11-22T11:59:00.000Z');
});

test('nothing is called safe to retire unless the server says so', () => {
  const dated = sampleVersion({
    current: false,
    dataKeys: 0,
    records: 0,
    retirement: { safe: false, reasons: ['Used last yesterday.'], safeFrom: '2026-12-23T12:00:00.000Z' },
  });
  expect(retirementWords(dated).label).toBe('Not yet safe to retire');
  expect(retirementWords({ ...dated, retirement: { safe: true, reasons: [], safeFrom: null } }).label).toBe(
    'Safe to retire',
  );
  expect(retirementWords(sampleVersion()).label).toBe('Active');
});

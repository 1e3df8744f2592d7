import { describe, expect, it } from 'vitest';
import { awsCheckIds as checkIds } from './aws/checks.ts';
import { type CheckId, isPassing, type Outcome, outcomes, warningsOf } from './test-report.ts';

function results(changed: Partial<Record<CheckId, Outcome>> = {}) {
  return checkIds.map((id) => ({ id, outcome: changed[id] ?? ('passed' as Outcome) }));
}

describe('passing', () => {
  it.each(outcomes)('with one check that is %s', (outcome) => {
    const good = ['passed', 'warning', 'skipped'].includes(outcome);
    for (const id of checkIds) expect(isPassing(checkIds, results({ [id]: outcome }))).toBe(good);
  });

  it('needs every check: a report that leaves one out does not pass', () => {
    expect(isPassing(checkIds, [])).toBe(false);
    for (const id of checkIds)
      expect(
        isPassing(
          checkIds,
          results().filter((result) => result.id !== id),
        ),
      ).toBe(false);
  });

  it('goes by the last row of each check', () => {
    expect(isPassing(checkIds, [{ id: 'key', outcome: 'running' }, ...results()])).toBe(true);
    expect(isPassing(checkIds, [...results(), { id: 'key', outcome: 'failed' }])).toBe(false);
  });
});

describe('warnings', () => {
  it('are named in the order of the checks', () => {
    expect(warningsOf(results({ context: 'warning', format: 'warning' }))).toEqual(['format', 'context']);
  });
});

import { describe, expect, it } from 'vitest';
import { awsCheckIds as checkIds } from './aws/checks.ts';
import { awsMessage } from './aws/messages/aws-message.ts';
import { message } from './messages/catalogue.ts';
import { wordsOf } from './messages/words.ts';
import {
  type CheckFinding,
  type CheckId,
  checkFindingSchema,
  inWords,
  isPassing,
  type Outcome,
  outcomes,
  warningsOf,
} from './test-report.ts';

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

describe('a check that is stored', () => {
  const ended = { id: 'key', outcome: 'failed' as const, durationMs: 7, providerRequestIds: ['r-1'] };

  it('reads as it did when it was shown first', () => {
    const finding: CheckFinding = {
      ...ended,
      summary: awsMessage('call-denied-by', { action: 'kms:Decrypt', who: 'role', by: 'permissions-boundary' }),
      details: [
        { label: awsMessage('label-aws-error'), value: 'AccessDeniedException' },
        { label: awsMessage('label-expiry'), value: awsMessage('expires-never') },
      ],
      cause: 'permissions-boundary',
      remedy: {
        text: message('key-lost-next', { provider: 'aws', cause: 'permissions-boundary' }),
        link: { label: awsMessage('open-role'), target: 'role', url: 'https://example.com' },
      },
    };
    const read = checkFindingSchema.parse(JSON.parse(JSON.stringify(finding)));
    expect(read).toEqual(finding);
    expect(inWords(read, wordsOf)).toEqual({
      ...ended,
      cause: 'permissions-boundary',
      summary:
        'AWS does not let the role call kms:Decrypt on the key. The permissions boundary of the role does not include it.',
      details: [
        { label: 'AWS error', value: 'AccessDeniedException' },
        { label: 'Expires', value: 'Never' },
      ],
      remedy: {
        text: 'Allow the call in the permissions boundary, or remove the boundary.',
        link: { label: 'Open the role in AWS', target: 'role', url: 'https://example.com' },
      },
    });
  });

  it('before there were messages reads word for word', () => {
    const old = {
      ...ended,
      summary: 'The key is disabled.',
      details: [{ label: 'State', value: 'Disabled' }],
      remedy: { text: 'Enable it.', link: { label: 'Open the key in AWS', target: 'key' as const } },
    };
    expect(inWords(checkFindingSchema.parse(old), wordsOf)).toEqual(old);
  });
});

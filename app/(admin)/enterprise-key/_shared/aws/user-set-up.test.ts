import { expect, it } from 'vitest';
import type { CheckResult } from '#lib/byok/test-report.ts';
import { setupView } from '../../_setup/testing/setup-view.ts';
import { describeUserSetUp } from './user-set-up.ts';

const userArn = 'arn:aws:iam::111122223333:user/byok';
const configuration = { region: 'us-east-1', keyArn: '1234abcd-12ab-34cd-56ef-1234567890ab' };

it('knows the user as AWS told it, whatever the details are called', () => {
  const label = { label: 'User ARN', value: 'arn:aws:iam::444455556666:user/another' };
  expect(shown({ principal: userArn, details: [label] })).toBe(userArn);
  expect(shown({ principal: 'arn:aws:iam::111122223333:root', details: [] })).toBeNull();
});

it('knows it from a report from before, by the form of its ARN', () => {
  const account = { label: 'Account of the user', value: '111122223333' };
  expect(shown({ details: [account, { label: 'IAM user', value: userArn }] })).toBe(userArn);
  expect(shown({ details: [account] })).toBeNull();
});

function shown(told: Pick<CheckResult, 'details' | 'principal'>): string | null | undefined {
  const ended = {
    id: 'authentication',
    outcome: 'passed' as const,
    durationMs: 1,
    providerRequestIds: [],
    summary: '',
  };
  const report = { stale: false, checks: [{ ...ended, ...told }] };
  return describeUserSetUp(setupView({ configuration, report }))?.userArn;
}

import { expect, it } from 'vitest';
import { setupView } from '../../_setup/testing/setup-view.ts';
import { describeUserSetUp } from './user-set-up.ts';

const userArn = 'arn:aws:iam::111122223333:user/byok';
const configuration = { region: 'us-east-1', keyArn: '1234abcd-12ab-34cd-56ef-1234567890ab' };

it.each([
  ['by the code of its detail, whatever that is called', { code: 'aws/label-user-arn', label: 'IAM user' }],
  ['in a report from before messages', { label: 'User ARN' }],
])('knows the user %s', (_, detail) => {
  expect(shown([{ code: 'aws/label-region', label: 'User ARN', value: userArn }])).toBeNull();
  const account = { label: 'Account', value: '111122223333' };
  expect(shown([account, { ...detail, value: userArn }])).toBe(userArn);
});

function shown(details: { code?: string; label: string; value: string }[]): string | null | undefined {
  const authentication = { ...asked, id: 'authentication', details };
  const report = { stale: false, checks: [authentication] };
  return describeUserSetUp(setupView({ configuration, report }))?.userArn;
}

const asked = { outcome: 'passed' as const, durationMs: 1, providerRequestIds: [], summary: '' };

import { describeSetUp, type SetUp } from '../../../_shared/aws/set-up.ts';
import { CheckerOf, WaysToSetUp } from './administrator.tsx';
import type { GuideDescription } from './guide-description.ts';
import { KeyBody, PermissionBody, RoleBody } from './role-bodies.tsx';

const bodies = { role: RoleBody, key: KeyBody, permission: PermissionBody };

export const roleGuide: GuideDescription<SetUp> = {
  describe: (shown) => describeSetUp(shown),
  missing: 'Enter AWS Account ID to see the three steps with your own values in them.',
  steps: [
    { id: 'role', title: 'IAM role, with its trust policy', verifies: ['role'], fields: ['roleArn'] },
    { id: 'key', title: 'KMS key, with its key policy', verifies: ['key', 'key-policy'], fields: ['keyArn'] },
    { id: 'permission', title: 'IAM policy', verifies: ['permission'], fields: [] },
  ],
  body: (step, guide) => {
    if (step === 'user') return null;
    const Body = bodies[step];
    return <Body {...guide} />;
  },
  seen: (step, { setUp: { roleName, keyArn } }) => {
    if (step === 'role') return `${roleName} trusts Keyward, only with your external ID`;
    if (step === 'permission') return `${roleName} may use this key`;
    return `${roleName} can use key ${keyArn?.slice(-12) ?? ''}`;
  },
  above: (guide) => <WaysToSetUp {...guide} />,
  checker: (guide) => <CheckerOf {...guide} />,
  hasOptions: true,
  pages: ({ links }) => links,
  missingFor: (step, { form: { given, createsKey } }) => {
    if (step === 'role' || given.keyArn.trim() !== '') return null;
    if (createsKey) return 'Verify this once Keyward has created the key.';
    return step === 'key' || step === 'key-policy'
      ? 'Paste its ARN above first.'
      : 'Paste the key’s ARN in step 2 first.';
  },
  known: ({ setUp, form }) => ({
    authMode: 'assume-role',
    roleArn: setUp.roleArn,
    keyArn: form.given.keyArn,
    keyPrincipal: setUp.shape.keyPrincipal,
  }),
};

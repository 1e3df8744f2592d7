import { describeUserSetUp, type UserSetUp } from '../../../_shared/aws/user-set-up.ts';
import type { GuideDescription } from './guide-description.ts';
import { KeyBody, PermissionBody, UserBody } from './user-bodies.tsx';

const bodies = { user: UserBody, key: KeyBody, permission: PermissionBody };

export const userGuide: GuideDescription<UserSetUp> = {
  describe: (shown) => describeUserSetUp(shown),
  missing: 'Choose the region of the key to see the three steps with your own values in them.',
  steps: [
    { id: 'user', title: 'IAM user, with its access key', verifies: ['user'], fields: ['accessKeyId', 'secret'] },
    { id: 'key', title: 'KMS key', verifies: ['key'], fields: ['keyArn'] },
    { id: 'permission', title: 'IAM policy', verifies: ['permission'], fields: [] },
  ],
  body: (step, guide) => {
    if (step === 'role') return null;
    const Body = bodies[step];
    return <Body {...guide} />;
  },
  seen: (step, { form: { given } }) => {
    if (step === 'user') return `AWS knows ${given.accessKeyId}`;
    return step === 'key' ? 'Enabled, for encryption and decryption' : 'The user may use this key';
  },
  hasOptions: false,
  pages: () => null,
  missingFor: (_, { mode, form, saved }) => {
    const entered = { ...form, beginning: 'set-up' as const };
    const missing = Object.keys(mode.problems(entered, saved, true)).length > 0;
    return missing ? 'Enter Access Key ID, Secret Access Key and Key ID first.' : null;
  },
  known: ({ form }) => ({
    authMode: 'access-key',
    roleArn: '',
    keyArn: form.given.keyArn,
    keyPrincipal: 'role',
  }),
};

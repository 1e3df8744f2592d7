import { TextField } from '#components/form/text-field.tsx';
import { parseRoleArn } from '#lib/byok/aws/arn.ts';
import { roleProblemsOf } from '#lib/byok/aws/connect-problems.ts';
import { rolePolicies } from '../../_shared/aws/policy-help-words.ts';
import { describeKeyReference, describeRoleReference } from '../../_shared/aws/read-back.ts';
import { Understood } from '../../_shared/connection/understood.tsx';
import type { RotationMode } from './rotation-mode.ts';

/** A role of the customer's, which we assume. */
export const role: RotationMode = {
  fields: ['keyArn', 'roleArn', 'region'],
  toPrepare: ({ region, keyArn, roleArn }) => ({ region, keyArn, roleArn }),
  // A bare key ID is one of the role's account.
  problems: (given, more) =>
    roleProblemsOf(given, { region: given.region, accountId: accountOf(given.roleArn), ...more }),
  below: ({ given, text }) => (
    <TextField
      {...text('roleArn')}
      after={<Understood facts={describeRoleReference(given.roleArn, '')} />}
      hint="The role that Keyward assumes to use the key."
      label="Role ARN"
    />
  ),
  readBack: ({ keyArn, region, roleArn }) =>
    describeKeyReference(keyArn, { region, accountId: accountOf(roleArn), accountOf: 'the role' }),
  policies: ({ described }) => ({
    help: described && rolePolicies(described),
    missing: 'Enter a role and a region to see their policies.',
  }),
  ways: [
    {
      name: 'A new key',
      how: 'Enter its ARN or an alias ARN in Provider ARN.',
    },
    {
      name: 'The same alias, now pointing to another key',
      how: 'Change nothing: the test finds the key behind the alias.',
    },
    {
      name: 'A new role',
      how: 'Enter its ARN in Role ARN. If the key stays the same, you can remove the old role once the new version is active.',
    },
  ],
  newIdentity: (changed) => (changed.role ? 'a new role' : null),
};

/** Empty while the role's ARN cannot be read. */
export function accountOf(roleArn: string): string {
  const parsed = parseRoleArn(roleArn);
  return parsed.ok ? parsed.value.accountId : '';
}

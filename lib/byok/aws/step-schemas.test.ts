import { describe, expect, it } from 'vitest';
import { accessKeyIdProblem } from './connect-problems.ts';
import { connectStepSchema, providerStepSchema } from './step-schemas.ts';

const configuration = {
  provider: 'aws' as const,
  authMode: 'assume-role' as const,
  region: 'us-east-1',
  accountId: '111122223333',
  roleName: 'BYOK_Role',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840',
  alias: 'Production',
  description: '',
};

function messages(result: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } }) {
  return Object.fromEntries((result.error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]));
}

it('an access key ID with something unseen in it has that named', () => {
  expect(accessKeyIdProblem(`AKIA${'Q'.repeat(16)}\u200B`)).toMatch(/zero-width space \(U\+200B\) at the end/);
  expect(accessKeyIdProblem(`AKIA${'Q'.repeat(16)}`)).toBeUndefined();
});

describe('the provider step', () => {
  const given = { ...configuration, accountId: ' 1111-2222-3333 ' };

  it('takes an account ID as AWS prints it', () => {
    expect(providerStepSchema.parse(given)).toMatchObject({ accountId: '111122223333', region: 'us-east-1' });
  });

  it.each([
    ['authMode', 'no-mode', /authentication mode/],
    ['region', 'attacker', /from the list/],
    ['accountId', '123', /12 digits/],
    ['accountId', '1111\u20112222\u20113333', /non-breaking hyphen \(U\+2011\)/],
    ['accountId', '\u202D111122223333\u202C', /override \(U\+202D\)/],
    ['roleName', 'BYOK\u200B_Role', /zero-width space \(U\+200B\)/],
    ['roleName', 'a b', /1 to 64/],
    ['alias', '  ', /name/],
    ['alias', 'a'.repeat(65), /64/],
    ['description', 'a'.repeat(501), /500/],
    ['provider', 'other', /cloud provider/],
  ])('says beside %s what is wrong with “%s”', (field, value, message) => {
    expect(messages(providerStepSchema.safeParse({ ...given, [field]: value }))[field]).toMatch(message);
  });
});

describe('the connect step', () => {
  const step = connectStepSchema({ region: 'us-east-1', accountId: '111122223333', vendorAccountId: '999988887777' });

  it('takes a key ARN, an alias ARN or a key ID, and a role ARN', () => {
    const { keyArn, roleArn } = configuration;
    for (const key of [keyArn, keyArn.replace(/key\/.*/, 'alias/byok-prod'), keyArn.split('/').at(-1)]) {
      expect(messages(step.safeParse({ keyArn: key, roleArn }))).toEqual({});
    }
    expect(step.parse({ keyArn: ` ${keyArn} `, roleArn })).toEqual({ keyArn, roleArn });
  });

  it('says beside each field what is wrong', () => {
    const swapped = messages(step.safeParse({ keyArn: configuration.roleArn, roleArn: configuration.keyArn }));
    expect(swapped).toEqual({
      keyArn: 'This is a role ARN; paste the key’s ARN.',
      roleArn: 'This is a key ARN; paste the role’s ARN.',
    });
    const elsewhere = messages(
      step.safeParse({
        keyArn: configuration.keyArn.replace('us-east-1', 'eu-west-1'),
        roleArn: configuration.roleArn.replace('111122223333', '999988887777'),
      }),
    );
    expect(elsewhere.keyArn).toMatch(/eu-west-1.*us-east-1/);
    expect(elsewhere.roleArn).toMatch(/vendor’s own/);
  });
});

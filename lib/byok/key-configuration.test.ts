import { describe, expect, it } from 'vitest';
import {
  type AssumeRoleConfiguration,
  accessKeyIdProblem,
  connectStepSchema,
  fingerprint,
  providerStepSchema,
} from './key-configuration.ts';

const configuration: AssumeRoleConfiguration = {
  provider: 'aws',
  authMode: 'assume-role',
  region: 'us-east-1',
  accountId: '111122223333',
  roleName: 'BYOK_Role',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840',
  createsKey: false,
  dataKeyPair: false,
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

describe('the fingerprint', () => {
  it('is of a text that never changes: the reports that are stored are found by it', () => {
    expect(fingerprint(configuration, 'external-1')).toBe(
      '["keyward/v2/configuration","aws","assume-role","us-east-1","arn:aws:iam::111122223333:role/BYOK_Role","external-1","arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840",false]',
    );
    const { roleName, roleArn, ...rest } = configuration;
    const secretId = '0a1b2c3d-0000-4000-8000-000000000001';
    const byAccessKey = { ...rest, authMode: 'access-key', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretId } as const;
    expect(fingerprint({ ...byAccessKey, dataKeyPair: true }, 'external-1')).toBe(
      '["keyward/v2/configuration","aws","access-key","us-east-1","AKIAIOSFODNN7EXAMPLE","0a1b2c3d-0000-4000-8000-000000000001","arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840",true]',
    );
    expect(fingerprint({ ...byAccessKey, keyArn: ' ', createsKey: true }, 'external-1')).toBe(
      '["keyward/v2/configuration","aws","access-key","us-east-1","AKIAIOSFODNN7EXAMPLE","0a1b2c3d-0000-4000-8000-000000000001","to be created",false]',
    );
  });

  it('is the same for the same configuration, whatever it is called and however it was pasted', () => {
    const base = fingerprint(configuration, 'external-1');
    expect(fingerprint({ ...configuration, alias: 'Other', description: 'text' }, 'external-1')).toBe(base);
    expect(fingerprint({ ...configuration, keyArn: ` ${configuration.keyArn}\n` }, 'external-1')).toBe(base);
  });

  it.each(['region', 'roleArn', 'keyArn'] as const)('changes with %s', (field) => {
    expect(fingerprint({ ...configuration, [field]: 'other' }, 'external-1')).not.toBe(
      fingerprint(configuration, 'external-1'),
    );
  });

  it('changes with the external ID, and does not run fields together', () => {
    expect(fingerprint(configuration, 'external-2')).not.toBe(fingerprint(configuration, 'external-1'));
    const one = fingerprint({ ...configuration, roleArn: 'a","b', keyArn: 'c' }, 'x');
    expect(one).not.toBe(fingerprint({ ...configuration, roleArn: 'a', keyArn: 'b","c' }, 'x'));
  });
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

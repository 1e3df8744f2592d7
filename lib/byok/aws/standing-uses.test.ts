import { describe, expect, it } from 'vitest';
import { keyPolicy, permissionPolicy, trustPolicy } from './policies.ts';
import { keysBeside, rolesBeside, type StandingUse, servicesBeside, whyMore } from './standing-uses.ts';
import { leastUserPolicy, userPolicy } from './user-policies.ts';

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const key = (n: number) => `arn:aws:kms:us-east-1:111122223333:key/${n}`;
const service = 'arn:aws:iam::999988887777:role/KeywardService';
const use = (parts: Partial<StandingUse>): StandingUse => ({
  keyId: 'k',
  alias: 'prod',
  version: 1,
  keyArn: key(1),
  roleArn: role('A'),
  serviceRoleArn: service,
  current: true,
  ...parts,
});

describe('what else a policy has to name', () => {
  const uses = [
    use({}),
    use({ keyArn: key(2), version: 2, current: false }),
    use({ roleArn: role('B'), alias: 'other' }),
    use({ roleArn: '', keyArn: key(3) }),
    use({ keyArn: key(4), serviceRoleArn: `${service}-asia` }),
  ];

  it('is the other keys of the same role, the other roles of the same key, and who else assumes the role', () => {
    expect(keysBeside(uses, role('A'), key(1))).toEqual([key(2), key(4)]);
    expect(keysBeside(uses, role('A'), null)).toEqual([key(1), key(2), key(4)]);
    expect(keysBeside(uses, '', key(9))).toEqual([key(3)]);
    expect(rolesBeside(uses, key(1), role('A'))).toEqual([role('B')]);
    expect(rolesBeside(uses, key(3), role('A'))).toEqual([]);
    expect(servicesBeside(uses, role('A'), service)).toEqual([`${service}-asia`]);
  });

  it('is said with the version that needs it', () => {
    const why = whyMore(uses, { roleArn: role('A'), keyArn: key(1), serviceRoleArn: service });
    expect(why.permission).toContain(`${key(2)} (version 2 of “prod”, not yet safe to retire)`);
    expect(why.key).toContain(`${role('B')} (version 1 of “other”, active)`);
    expect(why.trust).toContain(`${service}-asia`);
    expect(whyMore([use({})], { roleArn: role('A'), keyArn: key(1), serviceRoleArn: service })).toEqual({
      trust: null,
      key: null,
      permission: null,
    });
  });
});

describe('policies with more than one', () => {
  const common = { tenantId: 't', externalId: 'x', serviceRoleArn: service };

  it('name each once, and are as ever where there is one', () => {
    const [, uses] = permissionPolicy({ keyArn: key(1), alsoKeyArns: [key(2), key(1)], tenantId: 't' }).Statement;
    expect(uses?.Resource).toEqual([key(1), key(2)]);
    expect(permissionPolicy({ keyArn: key(1), alsoKeyArns: [], tenantId: 't' }).Statement[0]?.Resource).toBe(key(1));
    const [trust] = trustPolicy({ ...common, alsoServiceRoleArns: [`${service}-asia`] }).Statement;
    expect(trust?.Principal).toEqual({ AWS: [service, `${service}-asia`] });
    expect(trustPolicy({ ...common, alsoServiceRoleArns: [service] }).Statement[0]?.Principal).toEqual({
      AWS: service,
    });
  });

  it('let in every role by the key policy, and bind each to the context', () => {
    const values = {
      partition: 'aws',
      accountId: '111122223333',
      roleArn: role('A'),
      alsoRoleArns: [role('B')],
      tenantId: 't',
    } as const;
    for (const statement of keyPolicy(values).Statement.slice(1))
      expect(statement.Principal).toEqual({ AWS: [role('A'), role('B')] });
    const deny = keyPolicy({ ...values, shape: { keyPrincipal: 'account' } }).Statement[3];
    expect(deny?.Principal).toEqual({ AWS: 'arn:aws:iam::111122223333:root' });
    expect(deny?.Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': [role('A'), role('B')] });
  });

  it('name every key for a user, too, but where every key is named already', () => {
    const also = { alsoKeyArns: [key(2)], tenantId: 't' };
    for (const policy of [userPolicy, leastUserPolicy]) {
      expect(policy({ keyArn: key(1), ...also }).Statement.at(-1)?.Resource).toEqual([key(1), key(2)]);
      expect(policy({ keyArn: null, ...also }).Statement.at(-1)?.Resource).toBe('*');
    }
  });
});

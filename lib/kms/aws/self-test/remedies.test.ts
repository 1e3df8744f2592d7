import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StandingUse } from '#lib/byok/aws/standing-uses.ts';
import { type Customer, serviceRoleArn, startAws } from '../../testing/customer.ts';
import { optionsFor, row, run } from '../../testing/run-self-test.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

const active = 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840';
const use = (parts: Partial<StandingUse>): StandingUse => ({
  keyId: 'k',
  alias: 'prod',
  version: 1,
  keyArn: active,
  roleArn: aws.roleArn,
  serviceRoleArn,
  current: true,
  ...parts,
});

describe('the policy that a remedy shows', () => {
  it('names the active key beside the one that is tested, so that whoever applies it cuts nothing off', async () => {
    await aws.put.permission({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kms:ListAliases', Resource: '*' }],
    });
    await aws.put.key(await leftToIam());
    const report = await run(optionsFor(aws, { inUse: [use({})] }));
    const { remedy } = row(report, 'key');
    expect(remedy?.policy?.kind).toBe('permission');
    expect(JSON.stringify(remedy?.policy?.document)).toContain(JSON.stringify([aws.keyArn, active]));
    await aws.applyPolicies();
  });

  it('names the other roles of the same key', async () => {
    const other = aws.roleArn.replace('BYOK_Role', 'Other_Role');
    await aws.put.key({
      ...aws.policies.key,
      Statement: aws.policies.key.Statement.map((statement) =>
        statement.Sid === 'KeywardUsesThisKey' ? { ...statement, Effect: 'Deny' } : statement,
      ),
    });
    const report = await run(optionsFor(aws, { inUse: [use({ keyArn: aws.keyArn, roleArn: other })] }));
    const { remedy } = row(report, 'data-key');
    expect(remedy?.policy?.kind).toBe('key');
    expect(JSON.stringify(remedy?.policy?.document)).toContain(JSON.stringify([aws.roleArn, other]));
    await aws.applyPolicies();
  });
});

async function leftToIam(): Promise<object> {
  const [root] = aws.policies.key.Statement;
  return { Version: '2012-10-17', Statement: [root] };
}

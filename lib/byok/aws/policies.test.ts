import { describe, expect, it } from 'vitest';
import { createKeyUrl, createRoleUrl, createStackUrl, keyPageUrl, rolePageUrl } from './console-links.ts';
import { keyPolicy, markLines, permissionPolicy, policyText, tenantConditionKey, trustPolicy } from './policies.ts';

const values = {
  partition: 'aws',
  accountId: '111122223333',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  serviceRoleArn: 'arn:aws:iam::999988887777:role/KeywardService',
  externalId: 'kw-uBbV3yGkZr0h6qPjX1nTtA',
  tenantId: '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11',
} as const;
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840';
const cryptographic = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'];

describe('the policies', () => {
  it('trust the service role alone, and only with the external ID', () => {
    const [statement, ...others] = trustPolicy(values).Statement;
    expect(others).toEqual([]);
    expect(statement).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: values.serviceRoleArn },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': values.externalId } },
    });
  });

  it('keep the root statement, describe without a condition, and demand the context by Allow and by Deny', () => {
    const [root, describes, uses, denies] = keyPolicy(values).Statement;
    expect(root).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'kms:*',
    });
    expect(describes).toMatchObject({ Effect: 'Allow', Action: 'kms:DescribeKey' });
    expect(describes?.Condition).toBeUndefined();
    expect(uses).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: values.roleArn },
      Action: cryptographic,
      Condition: { StringEquals: { [tenantConditionKey]: values.tenantId } },
    });
    expect(denies).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: values.roleArn },
      Action: cryptographic,
      Condition: { StringNotEquals: { [tenantConditionKey]: values.tenantId } },
    });
  });

  it('name the key by its own ARN in the role’s permissions', () => {
    const { Statement: statements } = permissionPolicy({ keyArn, tenantId: values.tenantId });
    expect(statements.map((it) => it.Resource)).toEqual([keyArn, keyArn]);
    expect(statements.map((it) => it.Action)).toEqual(['kms:DescribeKey', cryptographic]);
    expect(statements[0]?.Condition).toBeUndefined();
  });

  it('name the account in its own partition', () => {
    const [root] = keyPolicy({ ...values, partition: 'aws-cn' }).Statement;
    expect(root?.Principal).toEqual({ AWS: 'arn:aws-cn:iam::111122223333:root' });
  });
});

describe('marked lines', () => {
  const policy = keyPolicy(values);
  const lines = policyText(policy).split('\n');

  it('mark a whole statement by its Sid, and nothing beside it', () => {
    const [[from, to] = [1, 0], ...others] = markLines(policy, ['KeywardUsesThisKey']);
    expect(others).toEqual([]);
    const marked = `[${lines
      .slice(from - 1, to)
      .join('\n')
      .replace(/,$/, '')}]`;
    expect(JSON.parse(marked)).toEqual([policy.Statement[2]]);
  });

  it('mark single lines by what stands in them, neighbours as one range', () => {
    const marked = markLines(trustPolicy(values), ['"Condition"', '"StringEquals"', 'sts:ExternalId']);
    expect(marked).toHaveLength(1);
    expect(markLines(trustPolicy(values), ['nothing like it'])).toEqual([]);
  });
});

describe('links into AWS', () => {
  it('lead to the partition’s own console, unless another is given', () => {
    expect(rolePageUrl({ partition: 'aws', roleName: 'A+B' })).toBe(
      'https://console.aws.amazon.com/iam/home#/roles/details/A%2BB',
    );
    expect(createRoleUrl({ partition: 'aws-cn', baseUrl: 'https://console.aws.amazon.com' })).toMatch(
      /^https:\/\/console\.amazonaws\.cn\/iam/,
    );
    expect(createKeyUrl({ partition: 'aws-us-gov', region: 'us-gov-west-1' })).toBe(
      'https://console.amazonaws-us-gov.com/kms/home?region=us-gov-west-1#/kms/keys/create',
    );
    expect(keyPageUrl({ partition: 'aws', baseUrl: 'http://127.0.0.1:3001/', region: 'us-east-1', keyId: 'k' })).toBe(
      'http://127.0.0.1:3001/kms/home?region=us-east-1#/kms/keys/k',
    );
  });

  it('lead to a new stack with its name and parameters, whatever stands in them', () => {
    const url = new URL(
      createStackUrl({
        partition: 'aws',
        region: 'eu-central-1',
        stackName: 'keyward-prod',
        parameters: { RoleName: 'A+B', KeyDescription: 'x&param_RoleName=evil#y ü' },
      }),
    );
    expect(url.searchParams.get('region')).toBe('eu-central-1');
    const [page, query] = url.hash.split('?');
    expect(page).toBe('#/stacks/create/template');
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      stackName: 'keyward-prod',
      param_RoleName: 'A+B',
      param_KeyDescription: 'x&param_RoleName=evil#y ü',
    });
  });
});

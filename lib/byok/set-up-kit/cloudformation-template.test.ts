import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountId, type Customer, startAws, tenantId } from '../../kms/testing/customer.ts';
import { keyPolicy } from '../policies.ts';
import { cloudFormationParameters, cloudFormationTemplate } from './cloudformation-template.ts';
import { applyTemplate } from './testing/apply-template.ts';
import { type Administrator, administratorOf } from './testing/aws-administrator.ts';
import { allPassed, hostileTexts, kitValues, testWith } from './testing/kit-values.ts';

let aws: Customer;
let administrator: Administrator;
beforeAll(async () => {
  aws = await startAws();
  administrator = await administratorOf(aws);
});
afterAll(async () => {
  administrator.close();
  await aws.close();
});
afterEach(() => administrator.removeRole());

type Template = {
  Parameters: Record<string, { Default: string }>;
  Resources: Record<string, { Type: string; DeletionPolicy?: string }>;
};
const read = (text: string) => JSON.parse(text) as Template;

describe('the CloudFormation template', () => {
  it('makes role, key, alias and permissions, and Test Configuration passes every check', async () => {
    const outputs = await applyTemplate(cloudFormationTemplate(kitValues()), administrator);
    const arns = { roleArn: outputs.RoleArn ?? '', keyArn: outputs.KeyArn ?? '' };
    expect(await testWith(aws, arns)).toEqual(allPassed);
    expect(administrator.calls.at(-1)).toBe('iam put-role-policy');
    expect(administrator.calls).toContain('kms create-alias');
  });

  it('keeps the key when the stack is deleted', () => {
    expect(read(cloudFormationTemplate(kitValues())).Resources.Key).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('makes the role alone for a key that is there already', async () => {
    const text = cloudFormationTemplate(kitValues({ cmk: { arn: aws.keyArn, accountId } }));
    expect(Object.values(read(text).Resources).map(({ Type }) => Type)).toEqual([
      'AWS::IAM::Role',
      'AWS::IAM::RolePolicy',
    ]);
    const outputs = await applyTemplate(text, administrator);
    const arns = { roleArn: outputs.RoleArn ?? '', keyArn: outputs.KeyArn ?? '' };
    expect(arns.keyArn).toBe(aws.keyArn);
    // Its key policy is put on it by hand, as the words beside the template say.
    await aws.put.key(keyPolicy({ partition: 'aws', accountId, roleArn: arns.roleArn, tenantId }));
    expect(await testWith(aws, arns)).toEqual(allPassed);
  });

  it('gives the same parameters to a link as to the template', () => {
    const { Parameters } = read(cloudFormationTemplate(kitValues()));
    const defaults = Object.entries(Parameters).map(([name, { Default }]) => [name, Default]);
    expect(cloudFormationParameters(kitValues())).toEqual(Object.fromEntries(defaults));
  });

  it('holds free text in the defaults of parameters only, and nothing that CloudFormation would look up', () => {
    const text = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' }));
    const plain = read(cloudFormationTemplate(kitValues()));
    fc.assert(
      fc.property(text, text, (alias, description) => {
        const values = kitValues({ key: { id: kitValues().key.id, alias, description } });
        const template = read(cloudFormationTemplate(values));
        expect(template.Resources).toEqual(plain.Resources);
        expect(Object.keys(template.Parameters)).toEqual(Object.keys(plain.Parameters));
        expect(JSON.stringify(template.Parameters)).not.toContain('{{');
        expect(template.Parameters.KeyAlias?.Default).toMatch(/^alias\/[\w/-]{1,200}$/);
        expect(template.Parameters.KeyDescription?.Default).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

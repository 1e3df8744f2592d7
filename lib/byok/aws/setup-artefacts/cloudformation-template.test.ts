import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountId, type Customer, startAws, tenantId } from '../../../kms/testing/customer.ts';
import { keyPolicy } from '../policies.ts';
import { artefactPolicies } from './artefact-policies.ts';
import type { ArtefactValues } from './artefact-values.ts';
import {
  cloudFormationParameterFile,
  cloudFormationParameters,
  cloudFormationTemplate,
} from './cloudformation-template.ts';
import { applyTemplate, policiesOf, type Stack, type Template } from './testing/apply-template.ts';
import { allPassed, artefactValues, hostileTexts, testWith } from './testing/artefact-values.ts';
import { type Administrator, administratorOf } from './testing/aws-administrator.ts';
import { choices, newPlace, valuesIn } from './testing/choices.ts';
import { normalised } from './testing/policy-documents.ts';

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

const template = JSON.parse(cloudFormationTemplate()) as Template;
const stackOf = (values: ArtefactValues, before?: Stack) =>
  applyTemplate(cloudFormationTemplate(), cloudFormationParameters(values), administrator, before);
const arnsOf = ({ outputs }: Stack) => ({ roleArn: outputs.RoleArn ?? '', keyArn: outputs.KeyArn ?? '' });

describe('the CloudFormation template', () => {
  it('makes role, key, alias and permissions, and Test Configuration passes every check', async () => {
    const stack = await stackOf(artefactValues());
    expect(await testWith(aws, arnsOf(stack))).toEqual(allPassed);
    expect(administrator.calls.at(-1)).toBe('iam put-role-policy');
    expect(administrator.calls).toContain('kms create-alias');
  });

  it('is the same whatever was chosen: it holds no value of anybody', () => {
    expect(cloudFormationTemplate()).not.toMatch(/arn:aws:|\d{12}|Acme/);
  });

  it('keeps whatever it made when the stack is deleted or gives it up', () => {
    for (const name of ['Key', 'Alias'])
      expect(template.Resources[name]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    for (const name of ['Role', 'RolePermission'])
      expect(template.Resources[name]).toMatchObject({ UpdateReplacePolicy: 'Retain' });
  });

  it('goes on having the key that it made when its ARN is pasted and the stack is updated', async () => {
    const id = 'pasted00-1';
    const key = { id, alias: 'Pasted', description: '' };
    const first = await stackOf(artefactValues({ key }));
    const { keyArn } = arnsOf(first);
    const calls = administrator.calls.length;
    const pasted = artefactValues({ key, cmk: { arn: keyArn, accountId }, dataKeyPair: true });
    const second = await stackOf(pasted, first);
    expect([...second.made.keys()].sort()).toEqual([...first.made.keys()].sort());
    expect(administrator.calls.slice(calls)).not.toContain('kms create-key');
    const { Policy } = await aws.kms('GetKeyPolicy', { KeyId: keyArn, PolicyName: 'default' });
    expect(String(Policy)).toContain('GenerateDataKeyPair');
    expect(await testWith(aws, arnsOf(second))).toEqual(allPassed);
  });

  it('makes the role alone for a key that is there already', async () => {
    const stack = await stackOf(artefactValues({ cmk: { arn: aws.keyArn, accountId } }));
    expect([...stack.made.keys()].sort()).toEqual(['Role', 'RolePermission']);
    const arns = arnsOf(stack);
    expect(arns.keyArn).toBe(aws.keyArn);
    // Its key policy is put on it by hand, as the words beside the template say.
    await aws.put.key(keyPolicy({ partition: 'aws', accountId, roleArn: arns.roleArn, tenantId }));
    expect(await testWith(aws, arns)).toEqual(allPassed);
  });

  it('has the policies that are shown, for every choice', async () => {
    const place = await newPlace(aws, 'shown');
    for (const choice of Object.keys(choices)) {
      const values = valuesIn(place, choice, null);
      const keyArn = values.cmk?.arn ?? `arn:aws:kms:us-east-1:${accountId}:key/made`;
      const known = { roleArn: values.role.arn, keyArn, accountId };
      const { trust, permission, key } = policiesOf(cloudFormationTemplate(), cloudFormationParameters(values), known);
      const shown = artefactPolicies(values, values.cmk ? {} : { keyArn });
      expect({ choice, trust: normalised(trust), permission: normalised(permission) }).toEqual({
        choice,
        trust: normalised(shown.trust),
        permission: normalised(shown.permission),
      });
      if (values.cmk === null) expect({ choice, key: normalised(key) }).toEqual({ choice, key: normalised(shown.key) });
    }
  });

  it('gives the same parameters to a link as to the file', () => {
    const file = JSON.parse(cloudFormationParameterFile(artefactValues())) as Record<string, string>[];
    const entries = file.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]);
    expect(cloudFormationParameters(artefactValues())).toEqual(Object.fromEntries(entries));
    expect(Object.keys(template.Parameters)).toEqual(expect.arrayContaining(entries.map(([name]) => name)));
  });

  it('is given nothing that CloudFormation would resolve, whatever was typed', () => {
    const text = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' }));
    const plain = Object.keys(cloudFormationParameters(artefactValues()));
    fc.assert(
      fc.property(text, text, (alias, description) => {
        const values = artefactValues({ key: { id: artefactValues().key.id, alias, description } });
        const parameters = cloudFormationParameters(values);
        expect(Object.keys(parameters)).toEqual(plain);
        expect(JSON.stringify(parameters)).not.toContain('{{');
        expect(parameters.KeyAlias).toMatch(/^alias\/[\w/-]{1,200}$/);
        expect(parameters.KeyDescription).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

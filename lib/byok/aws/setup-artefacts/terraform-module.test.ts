import { parse } from '@cdktf/hcl2json';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountId, type Customer, startAws } from '../../../kms/testing/customer.ts';
import { type ArtefactValues, cmkDescription } from './artefact-values.ts';
import { terraformModule, terraformParameters } from './terraform-module.ts';
import { applyParameters, type Parameters } from './testing/apply-parameters.ts';
import { allPassed, artefactValues, hostileTexts, testWith } from './testing/artefact-values.ts';
import { type Administrator, administratorOf } from './testing/aws-administrator.ts';
import { choices, newPlace, use, valuesIn } from './testing/choices.ts';

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

type Block = Record<string, unknown>;
const module = (await parse('main.tf', terraformModule)) as {
  variable: Record<string, Block[]>;
  resource: Record<string, Record<string, { lifecycle?: { prevent_destroy?: boolean }[] }[]>>;
};
const read = (values: ArtefactValues) => JSON.parse(terraformParameters(values)) as Parameters;

describe('the Terraform module', () => {
  it('is the same whatever was chosen: it holds no value of anybody', () => {
    expect(terraformModule).not.toMatch(/arn:aws|\d{12}|Acme/);
  });

  it('has every value as a variable, and each choice gives all of them and no other', async () => {
    const place = await newPlace(aws, 'all');
    for (const choice of Object.keys(choices)) {
      const names = Object.keys(read(valuesIn(place, choice, null))).sort();
      expect(names).toEqual(Object.keys(module.variable).sort());
    }
    for (const [block] of Object.values(module.variable)) expect(block).not.toHaveProperty('default');
  });

  it('refuses to be applied in another account, and to destroy a key, its alias, its policy or the role', () => {
    expect(terraformModule).toContain('allowed_account_ids = [var.account_id]');
    const { aws_kms_key, aws_kms_alias, aws_kms_key_policy, aws_iam_role } = module.resource;
    const kept = [aws_kms_key, aws_kms_alias, aws_kms_key_policy, aws_iam_role].flatMap((named) =>
      Object.values(named ?? {}).map(([body]) => body?.lifecycle?.[0]?.prevent_destroy),
    );
    expect(kept).toEqual([true, true, true, true, true]);
  });
});

describe('the Terraform parameters', () => {
  it('set up an account that has nothing, and Test Configuration passes every check', async () => {
    expect(await testWith(aws, await applyParameters(terraformParameters(artefactValues()), administrator))).toEqual(
      allPassed,
    );
    expect(administrator.calls).toContain('kms create-alias');
  });

  it('name a key that is there already', async () => {
    const text = terraformParameters(artefactValues({ cmk: { arn: aws.keyArn, accountId } }));
    const calls = administrator.calls.length;
    expect(await testWith(aws, await applyParameters(text, administrator))).toEqual(allPassed);
    expect(administrator.calls.slice(calls)).not.toContain('kms create-key');
  });

  it('name every key that data still hangs on', () => {
    const { arn: roleArn } = artefactValues().role;
    const inUse = [use({ keyArn: aws.keyArn, roleArn }), use({ keyArn: 'x', roleArn: 'another' })];
    expect(read(artefactValues({ inUse })).other_key_arns).toEqual([aws.keyArn]);
  });

  it('have the key policy of this account’s keys, also while a key of another account is chosen', async () => {
    const place = await newPlace(aws, 'apart');
    const { arn: roleArn } = artefactValues().role;
    const inUse = [use({ keyArn: aws.keyArn, roleArn: `${roleArn}Old` })];
    const apart = read({ ...valuesIn(place, 'a key of another account', null), inUse });
    expect(JSON.stringify(apart.key_policy)).toContain(`arn:aws:iam::${accountId}:root`);
    expect(JSON.stringify(apart.key_policy)).not.toContain('444455556666');
    expect(JSON.stringify(apart.key_policy)).toContain(`["@role@","${roleArn}Old"]`);
  });

  it('hold free text as it was entered, in one string', () => {
    for (const hostile of hostileTexts) {
      const values = artefactValues({ key: { id: artefactValues().key.id, alias: hostile, description: hostile } });
      expect(read(values).key_description).toBe(cmkDescription(values));
    }
  });
});

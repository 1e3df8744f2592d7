import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountId, type Customer, startAws } from '../../kms/testing/customer.ts';
import { cmkDescription } from './kit-values.ts';
import { hclString, terraformModule } from './terraform-module.ts';
import { applyModule, defaultOf, readModule } from './testing/apply-module.ts';
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

describe('the Terraform module', () => {
  it('makes role, key, alias and permissions, and Test Configuration passes every check', async () => {
    const outputs = await applyModule(await readModule(terraformModule(kitValues())), administrator);
    const arns = { roleArn: outputs.role_arn ?? '', keyArn: outputs.key_arn ?? '' };
    expect(await testWith(aws, arns)).toEqual(allPassed);
    expect(administrator.calls).toContain('kms create-alias');
  });

  it('puts the policy on a key that is there already, and makes none', async () => {
    const module = await readModule(terraformModule(kitValues({ cmk: { arn: aws.keyArn, accountId } })));
    const outputs = await applyModule(module, administrator);
    expect(Object.keys(module.resource)).not.toContain('aws_kms_key');
    expect(await testWith(aws, { roleArn: outputs.role_arn ?? '', keyArn: outputs.key_arn ?? '' })).toEqual(allPassed);
  });

  it('leaves a key of another account alone, and says where its policy goes', async () => {
    const cmk = { arn: aws.keyArn.replace(accountId, '444455556666'), accountId: '444455556666' };
    const text = terraformModule(kitValues({ cmk }));
    expect(Object.keys((await readModule(text)).resource)).toEqual(['aws_iam_role', 'aws_iam_role_policy']);
    expect(text).toContain('444455556666');
  });

  it('refuses to be applied in another account, and to destroy the key', async () => {
    const text = terraformModule(kitValues());
    expect(text).toContain('allowed_account_ids = [var.account_id]');
    expect(text).toContain('prevent_destroy = true');
  });

  it('holds free text as the default of a variable, unchanged, whatever is in it', async () => {
    const plain = await readModule(terraformModule(kitValues()));
    for (const hostile of hostileTexts) {
      const values = kitValues({ key: { id: kitValues().key.id, alias: hostile, description: hostile } });
      const module = await readModule(terraformModule(values));
      expect(module.resource).toEqual(plain.resource);
      expect(module.data).toEqual(plain.data);
      expect(defaultOf(module, 'key_description')).toBe(cmkDescription(values));
    }
  });

  it('quotes any text as one string of HCL', async () => {
    // HCL composes characters (NFC), as Terraform does for all strings.
    const texts = fc.sample(fc.string({ unit: 'grapheme' }), 300).map((text) => text.toWellFormed().normalize());
    const all = [...hostileTexts, ...texts];
    const blocks = all.map((text, at) => `variable "v${at}" {\n  default = ${hclString(text)}\n}`);
    const module = await readModule(blocks.join('\n'));
    expect(all.map((_, at) => defaultOf(module, `v${at}`))).toEqual(all);
  });
});

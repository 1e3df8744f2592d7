import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountId, type Customer, region, startAws } from '../../../kms/testing/customer.ts';
import { policyText } from '../policies.ts';
import { artefactPolicies } from './artefact-policies.ts';
import { type ArtefactValues, permissionPolicyName } from './artefact-values.ts';
import { cliScript } from './cli-script.ts';
import { cloudFormationParameters, cloudFormationTemplate } from './cloudformation-template.ts';
import { policiesOf } from './testing/apply-template.ts';
import { allPassed, testWith } from './testing/artefact-values.ts';
import { type Administrator, administratorOf } from './testing/aws-administrator.ts';
import {
  choices,
  newPlace,
  orders,
  otherAccountId,
  type Place,
  putPolicyElsewhere,
  standing,
  valuesIn,
} from './testing/choices.ts';
import { normalised, policiesInAws } from './testing/policy-documents.ts';
import { findAwsCli, runScriptForReal } from './testing/run-script.ts';
import { findTerraform, terraformFolders } from './testing/terraform.ts';

/** Every order of all choices with `npm run test:artefacts`; otherwise one, in which each is chosen once. */
const whole = process.env.KEYWARD_TEST_ARTEFACTS === 'whole';
const tool = findTerraform();
const cli = findAwsCli();
for (const one of [tool, cli]) if (!one.ok) console.log(`Not applied for real, and skipped: ${one.missing}.`);

let aws: Customer;
let administrator: Administrator;
let folders: Awaited<ReturnType<typeof terraformFolders>>;
beforeAll(async () => {
  aws = await startAws();
  administrator = await administratorOf(aws);
  const url = process.env.AWS_ENDPOINT_URL_KMS ?? '';
  if (tool.ok) folders = await terraformFolders(tool, { url, credentials: administrator.credentials });
});
afterAll(async () => {
  await folders?.close();
  administrator.close();
  await aws.close();
});

/** A key policy of somebody's, with a statement that is not about us. */
const theirs = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Root',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Sid: 'TheirBackups',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'kms:Decrypt',
      Resource: '*',
    },
  ],
};

/** Applies one choice after the other in one folder; after each of them nothing is gone and the set-up works. */
async function chooseInTurn(name: string, order: readonly string[], { losesRoleBefore = -1 } = {}): Promise<void> {
  const place = await newPlace(aws, name);
  const folder = await folders.folder();
  let made: string | null = null;
  let before = await standing(aws);
  for (const [at, choice] of order.entries()) {
    if (at === losesRoleBefore) await loseRole(place);
    const values = valuesIn(place, choice, made);
    const step = `${at + 1}. ${choice}`;
    const { code, errors, plan, endangered, outputs } = await folder.apply(values);
    expect({ step, code, errors, endangered, remove: plan?.remove }).toEqual({
      step,
      code: 0,
      errors: [],
      endangered: [],
      remove: 0,
    });
    const after = await standing(aws);
    expect({ step, dying: after.dying }).toEqual({ step, dying: [] });
    expect(after.aliases).toEqual(expect.arrayContaining(before.aliases));
    before = after;
    if (!values.cmk) made ??= outputs.keyArn;
    expect({ step, keyArn: outputs.keyArn }).toEqual({ step, keyArn: values.cmk?.arn ?? made });
    const elsewhere = values.cmk?.accountId === otherAccountId;
    if (elsewhere) await putPolicyElsewhere(place, outputs.roleArn);
    const configuration = { ...outputs, roleName: outputs.roleArn.split('/').at(-1) ?? '' };
    await expectTheSame(step, values, outputs);
    // A key of another account is told of, and works.
    const passed = { ...allPassed, format: elsewhere ? 'warning' : 'passed' };
    expect({ step, ...(await testWith(aws, configuration)) }).toEqual({ step, ...passed });
  }
}

/** Somebody deletes the role, and with it what its tags remember. */
async function loseRole({ roleName, id }: Place): Promise<void> {
  await aws.iam('DeleteRolePolicy', { RoleName: roleName, PolicyName: `KeywardUsesKey-${id.slice(0, 8)}` });
  await aws.iam('DeleteRole', { RoleName: roleName });
}

/** What Terraform made is what CloudFormation is told to make, and what is shown as JSON. */
async function expectTheSame(
  step: string,
  values: ArtefactValues,
  { roleArn, keyArn }: { roleArn: string; keyArn: string },
) {
  const roleName = roleArn.split('/').at(-1) ?? '';
  const here = values.cmk?.accountId !== otherAccountId;
  const names = { roleName, permissionName: permissionPolicyName(values), keyArn: here ? keyArn : null };
  const made = await policiesInAws(aws, names);
  const stack = policiesOf(cloudFormationTemplate(), cloudFormationParameters(values), { roleArn, keyArn, accountId });
  const known = values.cmk ? {} : { keyArn };
  // A folder that has its role goes on with it; then the keys beside this one are those of the role that was chosen.
  const { permission } = artefactPolicies(values, known);
  const shown = { ...artefactPolicies({ ...values, role: { ...values.role, arn: roleArn } }, known), permission };
  const key = (policy: unknown) => (here ? normalised(policy) : null);
  const expected = { step, trust: normalised(made.trust), permission: normalised(made.permission) };
  expect({ step, trust: normalised(shown.trust), permission: normalised(shown.permission) }).toEqual(expected);
  expect({ step, trust: normalised(stack.trust), permission: normalised(stack.permission) }).toEqual(expected);
  expect({ step, shown: key(shown.key), stack: values.cmk ? key(shown.key) : key(stack.key) }).toEqual({
    step,
    shown: key(made.key),
    stack: key(made.key),
  });
}

// First, while there are few keys: each has to be looked at.
describe.skipIf(!cli.ok)('the AWS CLI script, run by the real AWS CLI', () => {
  const run = (values: ArtefactValues, refuses?: string) =>
    runScriptForReal(cliScript(values), cli.ok ? cli.program : '', {
      url: process.env.AWS_ENDPOINT_URL_KMS ?? '',
      region,
      credentials: administrator.credentials,
      ...(refuses ? { refuses } : {}),
    });
  const arnsIn = (stdout: string) => ({
    keyArn: /^Provider ARN: (.+)$/m.exec(stdout)?.[1] ?? '',
    roleArn: /^Role ARN: (.+)$/m.exec(stdout)?.[1] ?? '',
  });

  async function runInTurn(name: string, order: readonly string[]): Promise<void> {
    const place = await newPlace(aws, name);
    let made: string | null = null;
    let before = await standing(aws);
    for (const choice of order) {
      const values = valuesIn(place, choice, made);
      const { code, stdout, stderr } = await run(values);
      const told =
        /^(The .* is going to be replaced|Looking among \d+ keys for one that this script has made before).*\n/gm;
      expect({ choice, code, stderr: stderr.replace(told, '') }).toEqual({
        choice,
        code: 0,
        stderr: '',
      });
      const after = await standing(aws);
      expect({ choice, dying: after.dying }).toEqual({ choice, dying: [] });
      expect(after.aliases).toEqual(expect.arrayContaining(before.aliases));
      before = after;
      // Of a key in another account this account's part tells nothing but what was given.
      if (!values.cmk) made ??= arnsIn(stdout).keyArn;
      const elsewhere = values.cmk?.accountId === otherAccountId;
      if (elsewhere) await putPolicyElsewhere(place, values.role.arn);
      const configuration = { ...arnsIn(stdout), roleName: values.role.name };
      const passed = { ...allPassed, format: elsewhere ? 'warning' : 'passed' };
      expect({ choice, ...(await testWith(aws, configuration)) }).toEqual({ choice, ...passed });
    }
  }

  it('finds the key that it made by its tag when it is run again, and keeps the policies that it replaces', async () => {
    const place = await newPlace(aws, 'realcli');
    const values = valuesIn(place, 'a key that is to be made', null);
    expect((await run(values, 'create-alias')).code).not.toBe(0);
    const before = await standing(aws);
    const { code, stdout, files } = await run(values);
    expect({ code, kept: Object.keys(files).map((name) => name.split('-before-')[0]) }).toEqual({
      code: 0,
      kept: expect.arrayContaining(['key-policy', 'trust-policy']),
    });
    expect((await standing(aws)).keys).toBe(before.keys);
    expect(await testWith(aws, { ...arnsIn(stdout), roleName: place.roleName })).toEqual(allPassed);
  }, 600_000);

  it.runIf(whole).each(orders().map((order, at) => [order[0], at, order] as const))(
    'takes nothing away in any order, beginning with %s',
    (_, at, order) => runInTurn(`cli${at}`, order),
    900_000,
  );
});

describe.skipIf(!tool.ok)('Terraform, applied for real', () => {
  const [first = [], ...others] = orders();
  const half = Math.ceil(first.length / 2);

  // The two wait for AWS most of the time, so they do it together.
  it.concurrent(
    'keeps what it made when its file is downloaded again after each choice',
    () =>
      Promise.all([
        chooseInTurn('one', first.slice(0, half), { losesRoleBefore: 2 }),
        chooseInTurn('two', first.slice(half)),
      ]).then(() => undefined),
    600_000,
  );

  it.concurrent('takes over a role and a key that are there, shows what it replaces and keeps it in the plan', async () => {
    const place = await newPlace(aws, 'there');
    const { trust, key } = { trust: aws.policies.trust, key: theirs };
    await aws.iam('CreateRole', {
      RoleName: place.roleName,
      AssumeRolePolicyDocument: policyText(trust),
      Tags: [{ Key: 'team', Value: 'security' }],
    });
    await aws.put.key(key, place.givenArn);
    const folder = await folders.folder();
    const values = valuesIn(place, 'another key that is there', null);
    const { code, endangered, plan, kept, outputs } = await folder.planAndApply(values);
    expect({ code, endangered, remove: plan?.remove }).toEqual({ code: 0, endangered: [], remove: 0 });
    expect(kept).toContain('TheirBackups');
    expect(await testWith(aws, { ...outputs, roleName: place.roleName })).toEqual(allPassed);
    const { Role } = (await aws.iam('GetRole', { RoleName: place.roleName })) as { Role: { Tags: object[] } };
    expect(Role.Tags).toContainEqual({ Key: 'team', Value: 'security' });
    const destroyed = await folder.terraform('destroy', '-auto-approve', '-no-color');
    expect(destroyed.code).not.toBe(0);
    expect(destroyed.stderr).toContain('cannot be destroyed');
    expect((await standing(aws)).dying).toEqual([]);
    // A role that somebody has deleted is made again, and the key policy is saved again with it.
    await loseRole(place);
    const again = await folder.apply(values);
    expect({ code: again.code, endangered: again.endangered }).toEqual({ code: 0, endangered: [] });
    expect(await testWith(aws, { ...again.outputs, roleName: place.roleName })).toEqual(allPassed);
    // As Terraform writes it itself.
    expect(await folder.terraform('fmt', '-check', 'main.tf')).toMatchObject({ code: 0 });
    // Another region is another folder's: nothing is changed here, and the sentence says so.
    const elsewhere = await folder.apply({ ...values, region: 'eu-central-1', cmk: null });
    expect(elsewhere.errors.join()).toContain('Use a new folder');
    expect(elsewhere.code).not.toBe(0);
  }, 600_000);

  it.runIf(whole).each([first, ...others].map((order, at) => [order[0], at, order] as const))(
    'keeps it in every order, beginning with %s',
    (_, at, order) => chooseInTurn(`whole${at}`, order),
    900_000,
  );
});

describe('the orders of choices', () => {
  it('have each choice after each other one, exactly once', () => {
    const pairs = orders().flatMap((order) => order.slice(1).map((choice, at) => `${order[at]} > ${choice}`));
    const names = Object.keys(choices);
    expect(new Set(pairs).size).toBe(names.length * (names.length - 1));
    expect(pairs).toHaveLength(names.length * (names.length - 1));
  });
});

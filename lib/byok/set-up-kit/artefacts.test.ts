import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Customer, startAws } from '../../kms/testing/customer.ts';
import { terraformModule } from './terraform-module.ts';
import { type Administrator, administratorOf } from './testing/aws-administrator.ts';
import {
  choices,
  newPlace,
  orders,
  otherAccountId,
  putPolicyElsewhere,
  standing,
  valuesIn,
} from './testing/choices.ts';
import { allPassed, testWith } from './testing/kit-values.ts';
import { findTerraform, terraformFolders } from './testing/terraform.ts';

/** Every order of all choices with `npm run test:artefacts`; otherwise one, in which each is chosen once. */
const whole = process.env.KEYWARD_TEST_ARTEFACTS === 'whole';
const tool = findTerraform();
if (!tool.ok) console.log(`Not applied for real, and skipped: ${tool.missing}.`);

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

/** Applies one choice after the other in one folder; after each of them nothing is gone and the set-up works. */
async function chooseInTurn(name: string, order: readonly string[]): Promise<void> {
  const place = await newPlace(aws, name);
  const folder = await folders.folder();
  let made: string | null = null;
  let before = await standing(aws);
  for (const [at, choice] of order.entries()) {
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
    // A key of another account is told of, and works.
    const passed = { ...allPassed, format: elsewhere ? 'warning' : 'passed' };
    expect({ step, ...(await testWith(aws, configuration)) }).toEqual({ step, ...passed });
  }
}

describe.skipIf(!tool.ok)('Terraform, applied for real', () => {
  const [first = [], ...others] = orders();
  const half = Math.ceil(first.length / 2);

  it(
    'keeps what it made when its file is downloaded again after each choice',
    () =>
      Promise.all([chooseInTurn('one', first.slice(0, half)), chooseInTurn('two', first.slice(half))]).then(
        () => undefined,
      ),
    300_000,
  );

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

describe('the Terraform module', () => {
  it('is the same whatever was chosen: it holds no value of anybody', () => {
    expect(terraformModule).not.toMatch(/arn:aws|\d{12}|Acme/);
  });
});

import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { type Demo, expect, test } from './fixtures.ts';
import { testConfiguration } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount, region } from './tasks/aws-account.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { createDraft } from './tasks/keys.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { signIn } from './tasks/sign-in.ts';
import { simulatedAws } from './tasks/simulated-aws.ts';
import { next, openSheet, openStep, policyShown, setThemUp, unfold } from './tasks/wizard.ts';

// Each look at a state takes a while where several things run beside it.
test.describe.configure({ mode: 'serial', timeout: 150_000 });

let page: Page;
let tenant: OwnTenant;
let aws: AwsAccount;
let keyId: string;
let keyArn: string;
let complaints: string[];

const keyStep = 'KMS key, with its key policy';

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Verde', ['Claims', 'Payroll']);
  aws = awsAccount(demo);
  await aws.open();
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  complaints = listenForComplaints(page);
  await signIn(page, demo, tenant.admin);
  keyId = await createDraft(page);
  await page.getByLabel('Alias').fill('verde-production');
  await next(page, 'AWS');
  await setThemUp(page, aws);
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Verde');
});

test('three steps stand in an order that works, one open at a time, none verified, and whom to trust', async () => {
  for (const name of ['1. IAM role, with its trust policy', '2. KMS key, with its key policy', '3. IAM policy'])
    await expect(step(name)).toBeVisible();
  await expect(page.getByText('Not verified yet')).toHaveCount(3);
  await unfold(page, 'Trust details');
  await expect(page.getByRole('textbox', { name: 'Service Role ARN' })).toHaveValue(/:role\/KeywardService$/);
  await inspect(page, 'checklist-begin');
  await openStep(page, '2. KMS key');
  await expect(page.getByRole('button', { name: /^Verify/ })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Verify KMS key, with its key policy' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await expect(step('2. KMS key')).toContainText('Paste its ARN above first.');
  await openStep(page, '1. IAM role');
});

test('a role that is not there is refused, with all causes that AWS answers alike', async () => {
  const role = step('1. IAM role');
  await verify('IAM role, with its trust policy');
  await expect(row(role, 'Authentication')).toContainText('Failed', { timeout: 30_000 });
  await expect(row(role, 'Authentication')).toContainText('a role that does not exist, one that trusts someone else');
  await expect(
    row(role, 'Authentication')
      .getByText(/AWS request ID/)
      .first(),
  ).toBeVisible();
  await expect(row(role, 'Confused deputy')).toContainText('Not run');
  await expect(badge(role, 'Failed').first()).toBeVisible();
});

test('a role that trusts us without an external ID fails in that row, and passes as it is shown', async ({ demo }) => {
  const role = step('1. IAM role');
  const shown = await policyShown(page, 'trust policy');
  const open = JSON.parse(shown);
  delete open.Statement[0].Condition;
  await iam(demo, 'CreateRole', { RoleName: 'BYOK_Role', AssumeRolePolicyDocument: JSON.stringify(open) });
  await verify('IAM role, with its trust policy');
  await expect(row(role, 'Authentication')).toContainText('Passed', { timeout: 30_000 });
  await expect(row(role, 'Confused deputy')).toContainText('Waiting for AWS', { timeout: 20_000 });
  await expect(row(role, 'Confused deputy')).toContainText('Failed', { timeout: 40_000 });
  await inspect(page, 'checklist-role-open');
  await iam(demo, 'UpdateAssumeRolePolicy', { RoleName: 'BYOK_Role', PolicyDocument: shown });
  await verify('IAM role, with its trust policy');
  await expect(badge(role, 'Verified')).toBeVisible({ timeout: 30_000 });
  await expect(role).toContainText(`Last verified`);
  await expect(role).toContainText(tenant.admin);
});

test('without a key the IAM policy may name every key for now, by choice', async () => {
  const policy = await openStep(page, '3. IAM policy');
  await expect(policy).toContainText('complete once step 2 has the key’s ARN');
  await policy.getByRole('button', { name: 'I have no key yet' }).click();
  await expect(policy.getByText('"Resource": "*"').first()).toBeVisible();
  const wide = JSON.parse(await policyShown(page, 'permission policy'));
  expect(wide.Statement.map(({ Resource }: { Resource: string }) => Resource)).toEqual(['*', '*']);
  expect(JSON.stringify(wide)).toContain(tenant.id);
});

test('a key that the role may not look at cannot be told from none', async ({ demo }) => {
  const made = (await kms(demo, 'CreateKey', {})) as { KeyMetadata: { Arn: string } };
  keyArn = made.KeyMetadata.Arn;
  const key = await openStep(page, '2. KMS key');
  await page.getByLabel('Provider ARN').fill(`arn:aws:iam::${aws.accountId}:role/BYOK_Role`);
  await verify(keyStep);
  await expect(page.getByText('There is a problem')).toBeVisible();
  await expect(key.getByText(/This is a role ARN/)).toBeVisible();
  await page.getByLabel('Provider ARN').fill(` ${keyArn} `);
  await verify(keyStep);
  await expect(badge(key, 'Not known yet')).toBeVisible({ timeout: 40_000 });
  await expect(row(key, 'Key')).toContainText('same answer for a key that does not exist');
  await inspect(page, 'checklist-key-unseen');
});

test('a key policy without one action fails in exactly that row, with the lines to add', async ({ demo }) => {
  const policy = step('2. KMS key');
  const shown = await policyShown(page, 'key policy');
  const lacking = JSON.parse(shown);
  for (const statement of lacking.Statement)
    if (statement.Sid === 'KeywardUsesThisKey')
      statement.Action = statement.Action.filter((action: string) => action !== 'kms:Decrypt');
  await kms(demo, 'PutKeyPolicy', { KeyId: keyArn, PolicyName: 'default', Policy: JSON.stringify(lacking) });
  await verify(keyStep);
  await expect(row(policy, 'kms:Decrypt')).toContainText('Failed', { timeout: 40_000 });
  for (const action of ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Encrypt'])
    await expect(row(policy, action)).toContainText('Passed');
  await expect(row(policy, 'kms:Decrypt').locator('mark').first()).toBeVisible();
  await expect(row(policy, 'Context')).toContainText('Passed');
  await expect(row(policy, 'Key').first()).toContainText('Passed');
  await inspect(page, 'checklist-decrypt-missing');
  await kms(demo, 'PutKeyPolicy', { KeyId: keyArn, PolicyName: 'default', Policy: shown });
  await verify(keyStep);
  await expect(badge(policy, 'Partly verified')).toBeVisible({ timeout: 60_000 });
  await expect(policy).toContainText('Keyward cannot see which of them lets the role in');
  // It folds to a line that says what was verified, and the next one opens.
  await expect(policy).toContainText(`BYOK_Role can use key ${keyArn.slice(-12)}`);
  await expect(page.getByRole('button', { name: 'Verify IAM policy' })).toBeVisible();
});

test('once the key is known, the narrowed policy is to replace the wide one, here and in the steps after', async ({
  demo,
}) => {
  const policy = await openStep(page, '3. IAM policy');
  await expect(policy.getByText('Your IAM policy may still say "Resource": "*"')).toBeVisible();
  const narrowed = await policyShown(page, 'permission policy');
  expect(narrowed).toContain(keyArn);
  await iam(demo, 'PutRolePolicy', {
    RoleName: 'BYOK_Role',
    PolicyName: 'BYOK_KMS_Policy',
    PolicyDocument: narrowed.replaceAll(`"${keyArn}"`, '"*"'),
  });
  await verify('IAM policy');
  await expect(badge(policy, 'Partly verified')).toBeVisible({ timeout: 30_000 });
  await expect(policy).toContainText('not that this policy is attached');
  await page.goto(`/enterprise-key/${keyId}/setup/test`);
  await expect(page.getByText('Your IAM policy may still say "Resource": "*"')).toBeVisible();
  await inspect(page, 'checklist-reminder-test');
});

test('a policy that is pasted is found to name every key, and to name this one alone once it does', async () => {
  // An address of before leads there, too.
  await page.goto(`/enterprise-key/${keyId}/setup/prepare`);
  await expect(page).toHaveURL(/\/setup\/aws$/);
  const policy = await openStep(page, '3. IAM policy');
  const reminder = policy.getByText('Your IAM policy may still say "Resource": "*"');
  const narrowed = await policyShown(page, 'permission policy');
  await openSheet(page, 'Check a policy');
  await page.getByLabel('Policy to check').fill(narrowed.replaceAll(`"${keyArn}"`, '"*"'));
  await page.getByRole('button', { name: 'Check policy' }).click();
  await expect(page.getByRole('heading', { name: /found in this permission policy/ })).toBeVisible();
  await expect(reminder).toBeVisible();
  await page.getByLabel('Policy to check').fill(narrowed);
  await page.getByRole('button', { name: 'Check policy' }).click();
  await expect(page.getByText('Nothing is wrong with this permission policy.')).toBeVisible();
  await expect(reminder).toBeHidden();
  await expect(policy).toContainText('had it checked here');
});

test('what is verified survives a reload, folded to a line each; everything together is the next step', async () => {
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(badge(step('1. IAM role'), 'Verified')).toBeVisible();
  await expect(step('1. IAM role')).toContainText('BYOK_Role trusts Keyward, only with your external ID');
  await expect(page.getByRole('button', { name: /^Verify/ })).toHaveCount(0);
  await inspect(page, 'checklist-verified');
  await next(page, 'Test');
  await testConfiguration(page);
});

test('a change voids what rests on it, at once and after a reload', async () => {
  await page.goto(`/enterprise-key/${keyId}/setup/aws`);
  await openStep(page, '2. KMS key');
  const field = page.getByLabel('Provider ARN');
  await field.fill(keyArn.replace(/[0-9a-f]{12}$/, '000000000000'));
  for (const name of ['2. KMS key', '3. IAM policy'])
    await expect(badge(step(name), 'Changed since it was verified')).toBeVisible();
  await expect(badge(step('1. IAM role'), 'Verified')).toBeVisible();
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await page.reload();
  await expect(badge(step('2. KMS key'), 'Changed since it was verified')).toBeVisible();
  await openStep(page, '2. KMS key');
  await field.fill(keyArn);
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await expect(badge(step('2. KMS key'), 'Partly verified')).toBeVisible();
});

test('the hand-over is one file with everything that was agreed and seen, and no secret', async () => {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download hand-over summary' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  for (const words of [
    tenant.externalId,
    keyArn,
    `arn:aws:iam::${aws.accountId}:role/BYOK_Role`,
    '| 1. IAM role, with its trust policy | Verified |',
    '| 2. Key policy | Partly verified |',
    '| Confused deputy | Passed |',
    'Choose the Enforcement Date',
    'sts:ExternalId',
  ])
    expect(text).toContain(words);
  await page.goto(`/enterprise-key/${keyId}/setup/review`);
  await expect(page.getByRole('link', { name: 'Download hand-over summary' })).toBeVisible();
  await page.goto(`/enterprise-key/${keyId}/settings`);
  await expect(page.getByRole('link', { name: 'Download hand-over summary' })).toBeVisible();
  await inspect(page, 'checklist-key-page');
  expect(complaints).toEqual([]);
});

test('whoever may only look can take the hand-over along, and another organisation cannot', async ({
  browser,
  demo,
}) => {
  const viewer = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(viewer, demo, tenant.viewer);
  expect((await viewer.request.get(`/enterprise-key/${keyId}/hand-over`)).status()).toBe(200);
  await viewer.context().close();
  const stranger = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(stranger, demo, 'admin@globex.example');
  expect((await stranger.request.get(`/enterprise-key/${keyId}/hand-over`)).status()).toBe(404);
  await stranger.context().close();
});

function step(name: string): Locator {
  return page.getByRole('region', { name });
}

function row(within: Locator, name: string): Locator {
  const heading = page.getByRole('heading', { name, exact: true, includeHidden: true });
  return within.getByRole('listitem', { includeHidden: true }).filter({ has: heading });
}

function badge(within: Locator, words: string): Locator {
  return within.getByText(words, { exact: true });
}

async function verify(what: string): Promise<void> {
  await page.getByRole('button', { name: `Verify ${what}`, exact: true }).click();
}

function iam(demo: Demo, action: string, input: object): Promise<unknown> {
  return post(demo, `iam/${action}`, input);
}

function kms(demo: Demo, action: string, input: object): Promise<unknown> {
  return post(demo, `kms/${region}/${action}`, input);
}

function post(demo: Demo, path: string, body: object): Promise<unknown> {
  return simulatedAws(demo).post(`accounts/${aws.accountId}/${path}`, body);
}

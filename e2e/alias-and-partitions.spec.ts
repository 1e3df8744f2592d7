import type { Page } from '@playwright/test';
import { VENDOR_ELSEWHERE, vendorRoleArn } from './aws-simulator/world-defaults.ts';
import { expect, test } from './fixtures.ts';
import { check, expectStatus } from './tasks/active-key.ts';
import { events } from './tasks/history.ts';
import { inspect } from './tasks/inspect.ts';
import { goToTab } from './tasks/key-page.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { accountIn, type PartitionAccount } from './tasks/partition-account.ts';
import { openAs } from './tasks/people.ts';
import { withDatabase } from './tasks/places.ts';
import { signIn } from './tasks/sign-in.ts';
import { openStep, policyShown, unfold } from './tasks/wizard.ts';

test.describe.configure({ mode: 'serial' });

const region = 'us-gov-west-1';
const govRole = vendorRoleArn(VENDOR_ELSEWHERE[1]);
const chinaRole = vendorRoleArn(VENDOR_ELSEWHERE[2]);
const aliasName = 'alias/byok-gov';

let page: Page;
let tenant: OwnTenant;
let aws: PartitionAccount;
let keyUrl: string;
const made = { roleArn: '', keyArn: '', otherArn: '', aliasArn: '' };

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Govdata', ['Casework', 'Records desk']);
  await withDatabase((client) => client.query('UPDATE tenant SET home_region = $1 WHERE id = $2', [region, tenant.id]));
  aws = accountIn(demo, region);
  await aws.open();
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Govdata');
});

test('the wizard begins with whether there is to be a key at all', async () => {
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeFocused();
  const type = page.getByLabel('Key Configuration Type');
  await expect(type.getByRole('option')).toHaveText(['None', 'AWS KMS Symmetric']);
  await type.selectOption('None');
  await expect(page.getByText('None is how it is now.')).toBeVisible();
  await expect(page.getByLabel('Authentication Mode')).toBeHidden();
  await inspect(page, 'type-none');
  await type.selectOption('AWS KMS Symmetric');
  await expect(page.getByLabel('Authentication Mode')).toBeVisible();
  await page.getByLabel('Alias', { exact: true }).fill('Government');
  await next('AWS');
});

test('each partition has the role that can be trusted there, and says so', async () => {
  await page.getByLabel('Set them up with me').check();
  await expect(page.getByLabel('AWS Region')).toHaveValue(region);
  await expect(page.getByText(govRole).first()).toBeVisible();
  await page.getByLabel('AWS Region').selectOption('cn-north-1');
  await expect(page.getByText(chinaRole).first()).toBeVisible();
  await page.getByLabel('AWS Region').selectOption('us-east-1');
  await expect(page.getByText('This installation uses a role of its own')).toBeHidden();
  await page.getByLabel('AWS Region').selectOption(region);
  await page.getByLabel('AWS Account ID').fill(aws.accountId);
  await unfold(page, 'Trust details');
  await inspect(page, 'set-up-govcloud');
  await expect(page.getByLabel('Service Role ARN')).toHaveValue(govRole);
});

test('the policies that are shown make a role and a key in GovCloud', async () => {
  const trust = await policy('trust policy');
  expect(trust).toContain(govRole);
  made.roleArn = await aws.makeRole(trust);
  const keyPolicy = await policy('key policy');
  expect(keyPolicy).toContain(`arn:aws-us-gov:iam::${aws.accountId}:root`);
  made.keyArn = await aws.makeKey(keyPolicy);
  made.otherArn = await aws.makeKey(keyPolicy);
  made.aliasArn = await aws.pointAlias(aliasName, made.keyArn);
  await expect(page.getByLabel('Role ARN', { exact: true })).toHaveValue(made.roleArn);
  await openStep(page, '2. KMS key');
  await page.getByLabel('Provider ARN').fill(made.keyArn);
  await aws.permit(await policy('permission policy'));
  await page.getByLabel('Provider ARN').fill(made.aliasArn);
  await next('Test');
});

test('a data key pair is a choice: denied with the remedy, then made, used and thrown away', async () => {
  test.setTimeout(150_000);
  const choice = page.getByLabel('Also generate a data key pair');
  await unfold(page, 'Test options');
  await choice.check();
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check(page, 'Data key pair')).toContainText('Failed', { timeout: 90_000 });
  await expect(check(page, 'Data key pair')).toContainText('kms:GenerateDataKeyPair');
  await expect(check(page, 'Context')).toContainText('Not run');
  await expect(choice).toBeChecked();
  await inspect(page, 'data-key-pair-denied');
  const [remedy = ''] = await page.locator('pre').filter({ hasText: 'GenerateDataKeyPair' }).allTextContents();
  await aws.permit(remedy);
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check(page, 'Context')).toContainText('Passed', { timeout: 60_000 });
  await expect(check(page, 'Data key pair')).toContainText('Passed');
  await inspect(page, 'data-key-pair-passed');
});

test('another choice makes the test stale, and a test saves the choice first', async () => {
  const choice = page.getByLabel('Also generate a data key pair');
  const saved = page.getByText(/^Draft saved \d\d:\d\d$/);
  // The choice was saved before the test, and that is true until it is changed.
  await expect(saved).toBeVisible();
  await choice.uncheck();
  await expect(page.getByText('Something has changed since this test.')).toBeVisible();
  await expect(saved).toBeHidden();
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(saved).toBeVisible();
  await page.reload();
  await unfold(page, 'Test options');
  await expect(choice).not.toBeChecked();
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check(page, 'Context')).toContainText('Passed', { timeout: 60_000 });
  await expect(check(page, 'Data key pair')).toContainText('Skipped');
});

test('the key in GovCloud becomes active', async () => {
  await next('When and what');
  await page.getByLabel('Now', { exact: true }).check();
  await next('Review');
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  keyUrl = page.url();
  await expectStatus(page, 'Active');
  await goToTab(page, 'Versions');
  await expect(page.getByText(made.keyArn).first()).toBeVisible();
  await goToTab(page, 'Overview');
});

test('an alias that is pointed elsewhere is told of, and nothing follows it', async ({ browser, demo }) => {
  test.setTimeout(120_000);
  await aws.pointAlias(aliasName, made.otherArn);
  const notice = page.getByText('Your alias no longer leads to the active key.');
  await expect(async () => {
    await page.reload();
    await expect(notice).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText(`Your data stays under ${made.keyArn} until you rotate`, { exact: false })).toBeVisible();
  await expectStatus(page, 'Active');
  await inspect(page, 'alias-drifted');
  const support = await openAs(browser, demo, 'support');
  await support.goto(`/tenants/${tenant.id}`);
  await expect(support.getByText(/^The alias now leads to another key/).first()).toBeVisible();
  await support.context().close();
  await page.goto('/history?operation=alias-drift');
  await expect(events(page, /The alias of .+ leads to another key/)).toHaveCount(1);
});

test('a viewer sees all of it and can press nothing that would fail', async ({ browser, demo }) => {
  const viewer = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(viewer, demo, tenant.viewer);
  await viewer.goto(keyUrl);
  await expect(viewer.getByText('Your alias no longer leads to the active key.')).toBeVisible();
  for (const name of ['Rotate Key', 'Update Apps'])
    await expect(viewer.getByRole('button', { name, exact: true }).first()).toHaveAccessibleDescription(
      /administrator/,
    );
  await goToTab(viewer, 'Settings');
  const type = viewer.getByLabel('Key Configuration Type');
  await expect(type).toBeDisabled();
  await expect(type).toHaveAccessibleDescription(/administrator/);
  await expect(viewer.getByRole('button', { name: 'Revert to None' })).toHaveAccessibleDescription(/administrator/);
  await viewer.goto(`${keyUrl}/rotate`);
  await expect(viewer.getByRole('button', { name: 'Test Configuration' })).toHaveAccessibleDescription(/administrator/);
  await expect(viewer.getByText('Permission policy of the role')).toBeVisible();
  await expect(viewer.getByLabel('Provider ARN')).not.toBeEditable();
  await inspect(viewer, 'viewer-rotate');
  await viewer.context().close();
});

test('Rotate Key is the next step, and pointing the alias back heals by itself', async () => {
  test.setTimeout(120_000);
  await page.goto(keyUrl);
  await page.getByRole('link', { name: 'Rotate Key' }).first().click();
  await expect(page.getByLabel('Provider ARN')).toHaveValue(made.aliasArn);
  await aws.pointAlias(aliasName, made.keyArn);
  await page.goto(keyUrl);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Your alias no longer leads')).toBeHidden({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await goToTab(page, 'Versions');
  await expect(page.getByText('To the active key')).toBeVisible();
});

test('None, for an active key, leads to the sheet that asks', async () => {
  await goToTab(page, 'Settings');
  await page.getByLabel('Key Configuration Type').selectOption('None');
  await expect(page.getByText('Nothing has changed yet')).toBeVisible();
  await page.getByRole('button', { name: 'Revert to None' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Revert “Government” to None?');
  await page.keyboard.press('Escape');
  await expectStatus(page, 'Active');
  await page.getByLabel('Key Configuration Type').selectOption('AWS KMS Symmetric');
  await expect(page.getByRole('link', { name: 'Rotate Key' }).first()).toBeVisible();
});

async function next(heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: heading, exact: true })).toBeFocused();
}

function policy(name: string): Promise<string> {
  return policyShown(page, name);
}

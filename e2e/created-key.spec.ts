import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { check, expectStatus } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount } from './tasks/aws-account.ts';
import { events } from './tasks/history.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { chooseAction } from './tasks/key-page.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { signIn } from './tasks/sign-in.ts';
import { openStep, setThemUp } from './tasks/wizard.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const roleName = 'OrlaRole';
const alias = 'orla-made';

let page: Page;
let tenant: OwnTenant;
let aws: AwsAccount;
let setupUrl: string;
let creationStatements: object[];
let complaints: string[];

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Orla', ['Claims', 'Payroll']);
  aws = awsAccount(demo);
  await aws.open();
  await aws.makeRole(roleName, tenant);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  complaints = listenForComplaints(page);
  await signIn(page, demo, tenant.admin);
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Orla');
});

test('Provider ARN may stay blank by an explicit choice, which shows what is needed for the moment', async () => {
  setupUrl = await toKey(alias);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('link', { name: /Paste the ARN of your KMS key/ })).toBeVisible();
  await page.getByLabel('Create a key for me in this region').check();
  await expect(page.getByRole('link', { name: /Paste the ARN of your KMS key/ })).toHaveCount(0);
  const shown = await page.locator('pre').filter({ hasText: 'KeywardCreatesItsKey' }).textContent();
  creationStatements = (JSON.parse(shown ?? '') as { Statement: object[] }).Statement;
  await inspect(page, 'connect-without-key');
  await next('Test');
  await page.reload();
  await page.goto(`${setupUrl}/aws`);
  await openStep(page, '2. KMS key');
  await expect(page.getByLabel('Create a key for me in this region')).toBeChecked();
  await page.goto(`${setupUrl}/test`);
});

test('everything that needs no key is tested, and the key is not created before', async () => {
  await expect(createButton()).toHaveAccessibleDescription(/Run Test Configuration first/);
  await runTest('Skipped');
  await expect(check(page, 'Authentication')).toContainText('Passed');
  await expect(check(page, 'Key')).toContainText('Skipped: Keyward creates the key once everything else has passed.');
  await expect(page.getByRole('heading', { name: /^Everything but the key works\./ })).toBeVisible();
  await expect(createButton()).toBeEnabled();
  await inspect(page, 'test-without-key');
  await page.goto(`${setupUrl}/review`);
  await expect(page.getByText(/Create the key: everything else has passed/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Proceed' })).toBeDisabled();
  await page.goto(`${setupUrl}/test`);
});

test('without the permission AWS refuses, and the sheet names what is missing', async () => {
  await createButton().click();
  const sheet = page.getByRole('alertdialog');
  await expect(sheet).toContainText(`account ${aws.accountId}`);
  await expect(sheet).toContainText('Keyward never deletes a key');
  await inspect(page, 'create-key-sheet');
  await sheet.getByRole('button', { name: 'Create Key in AWS' }).click();
  await expect(sheet.getByRole('alert')).toContainText('kms:CreateKey or kms:TagResource is not permitted');
  await page.keyboard.press('Escape');
});

test('with the statements that were shown the key is created, and the full test runs with it', async () => {
  await aws.permit(roleName, 'Creation', creationStatements);
  await page.getByLabel('Alias in AWS').fill(`alias/keyward-${aws.accountId}`);
  await createButton().click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Create Key in AWS' }).click();
  await expect(page.getByRole('alertdialog')).toBeHidden({ timeout: 30_000 });
  await expect(check(page, 'Context')).toContainText('Passed', { timeout: 60_000 });
  await expect(check(page, 'Key')).toContainText('The key is enabled');
  await expect(page.getByText('Remove the permission for creating the key.')).toBeVisible();
  await expect(createButton()).toHaveCount(0);
  await inspect(page, 'created-key');
  await page.goto(`${setupUrl}/aws?with=set-up`);
  await openStep(page, '2. KMS key');
  await expect(page.getByLabel('Provider ARN')).toHaveValue(new RegExp(`:${aws.accountId}:key/`));
  await expect(page.getByLabel('Create a key for me in this region')).not.toBeChecked();
});

test('what was allowed for it is taken away, and the key becomes active', async () => {
  await aws.permit(roleName, 'Creation', [{ Effect: 'Deny', Action: 'kms:CreateKey', Resource: '*' }]);
  await page.goto(`${setupUrl}/date`);
  await page.getByLabel('Now', { exact: true }).check();
  await next('Review');
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  await expectStatus(page, 'Active');
  await page.goto('/history?operation=create-customer-key');
  await events(page, /created a key in AWS for/)
    .first()
    .getByRole('link')
    .click();
  await expect(page.getByRole('dialog').getByRole('row', { name: /Key ARN/ })).toContainText(':key/');
});

test('a created key that nothing uses any more is listed for deletion, and Keyward deletes nothing', async () => {
  await aws.permit(roleName, 'Creation', creationStatements);
  const url = await toKey('orla-second');
  await page.getByLabel('Create a key for me in this region').check();
  await next('Test');
  await runTest('Skipped');
  await createButton().click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Create Key in AWS' }).click();
  await expect(check(page, 'Context')).toContainText('Passed', { timeout: 60_000 });
  await page.goto(`${url}/aws?with=have`);
  const orphaned = await page.getByLabel('Provider ARN').inputValue();
  await page.goto(url.replace(/\/setup$/, ''));
  await chooseAction(page, 'Delete Key');
  const sheet = page.getByRole('alertdialog');
  await sheet.getByLabel('Type orla-second to confirm').fill('orla-second');
  await sheet.getByRole('button', { name: 'Delete Key' }).click();
  await page.waitForURL(/\/enterprise-key$/);
  const list = page.getByRole('region', { name: 'Keys that Keyward created and that nothing uses' });
  await expect(list).toContainText(orphaned);
  await expect(list).toContainText(`aws kms schedule-key-deletion --key-id ${orphaned}`);
  await inspect(page, 'left-over-keys');
  await list.getByRole('button', { name: 'Remove from this list' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove from this list' }).click();
  await expect(list).toHaveCount(0);
  await page.goto('/history?operation=dismiss-key-creation');
  await expect(events(page, /removed an unused key from the list/)).toBeVisible();
});

test('and the browser had nothing to complain of', () => {
  expect(complaints).toEqual([]);
});

/** A new draft, up to its key. @returns the address of its set-up */
async function toKey(name: string): Promise<string> {
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeFocused();
  await page.getByLabel('Alias').fill(name);
  await next('AWS');
  await setThemUp(page, { accountId: aws.accountId, roleName });
  await openStep(page, '2. KMS key');
  return page.url().replace(/\/aws.*$/, '');
}

async function runTest(outcome: string): Promise<void> {
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check(page, 'Context')).toContainText(outcome, { timeout: 60_000 });
  await expect(page.getByText(/^Last tested/)).toBeVisible({ timeout: 30_000 });
}

function createButton() {
  return page.getByRole('button', { name: 'Create Key in AWS' });
}

async function next(heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: heading, exact: true })).toBeFocused();
}

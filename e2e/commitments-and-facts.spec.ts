import type { Page } from '@playwright/test';
import { labelStatements } from '../lib/byok/aws/permitted-actions.ts';
import { expect, test } from './fixtures.ts';
import { expectStatus, testConfiguration } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount } from './tasks/aws-account.ts';
import { events } from './tasks/history.ts';
import { inspect } from './tasks/inspect.ts';
import { chooseAction, goToTab } from './tasks/key-page.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { signIn } from './tasks/sign-in.ts';
import { haveRoleAndKey, openSheet, setThemUp, unfold } from './tasks/wizard.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

let page: Page;
let operator: Page;
let tenant: OwnTenant;
let aws: AwsAccount;
let keyUrl: string;
const key = { keyArn: '', roleArn: '' };

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Ehrenwort', ['Ledger', 'Mail', 'Notes']);
  aws = awsAccount(demo);
  await aws.open();
  key.roleArn = await aws.makeRole('EhrenRole', tenant);
  key.keyArn = await aws.makeKey('EhrenRole', tenant);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  operator = await openAs(browser, demo, 'operator');
});
test.afterAll(async () => {
  await page?.context().close();
  await operator?.context().close();
  await removeTenant('Ehrenwort');
});

test('choosing another region says at once that the vendor’s rule refuses it', async () => {
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeFocused();
  await next('AWS');
  await page.getByLabel('Set them up with me').check();
  await expect(page.getByText('Your vendor’s rule: the key has to be in us-east-1')).toBeVisible();
  const region = page.getByLabel('AWS Region');
  await region.selectOption('eu-central-1');
  await expect(region).toHaveAccessibleDescription(/Your vendor’s rule refuses a key in eu-central-1/);
  await inspect(page, 'region-refused');
  // A changed form asks before it is left.
  await region.selectOption('us-east-1');
});

test('the operator changes the rule, the tenant sees it, and it is in the tenant’s own history', async () => {
  await setRule('Warn');
  await inspect(operator, 'region-rule');
  await page.reload();
  await page.getByLabel('AWS Region').selectOption('eu-central-1');
  await expect(page.getByLabel('AWS Region')).toHaveAccessibleDescription(/The test will warn you/);
  await page.getByLabel('AWS Region').selectOption('us-east-1');
  await page.goto('/history?operation=set-region-rule');
  await expect(events(page, 'changed the region rule from Refuse to Warn')).toContainText('operator@vendor.example');
  await setRule('Refuse');
  await page.goBack();
});

test('support reads the rule and cannot change it', async ({ browser, demo }) => {
  const support = await openAs(browser, demo, 'support');
  await support.goto(`/tenants/${tenant.id}/settings`);
  await expect(support.getByLabel('Refuse')).toBeDisabled();
  await expect(support.getByRole('button', { name: 'Save Region Rule' })).toHaveAccessibleDescription(
    /Only an operator/,
  );
  await support.context().close();
});

test('tags are entered one a line, refused with their reason, and kept', async () => {
  await page.getByRole('link', { name: /^Provider/ }).click();
  await page.getByLabel('Alias').fill('ehrenwort-production');
  await page.getByLabel('Tags').fill('owner=security\nowner=finance');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await expect(page.getByLabel('Tags')).toHaveAccessibleDescription(/“owner” appears twice/);
  await inspect(page, 'tags-refused');
  await page.getByLabel('Tags').fill('owner=security\nconfidential');
  await next('AWS');
});

test('the guide shows from where Keyward calls AWS, with the statement and its warning', async () => {
  await setThemUp(page, aws);
  await openSheet(page, 'Limit by address');
  await expect(page.getByRole('textbox', { name: 'Keyward’s outgoing IP addresses' })).toHaveValue('198.51.100.0/24');
  await page.getByText('A statement that denies every other address').click();
  const statement = page.getByRole('region', { name: 'statement for outgoing IP addresses' });
  await expect(statement).toContainText('"aws:SourceIp"');
  await expect(page.getByText('Beware of VPC endpoints')).toBeVisible();
  await inspect(page, 'outgoing-ips');
  await page.keyboard.press('Escape');
});

test('the test tells permissions action by action, and what it may not see', async () => {
  await haveRoleAndKey(page, key);
  await next('Test');
  await testConfiguration(page);
  await unfold(page, 'Key details from AWS');
  for (const action of ['DescribeKey', 'GenerateDataKey', 'Encrypt', 'Decrypt'])
    await expectPermission(action, 'Permitted');
  for (const action of ['GetKeyRotationStatus', 'ListAliases', 'ListResourceTags'])
    await expectPermission(action, 'No permission');
  await expect(page.getByText('Single-Region key').filter({ visible: true })).toBeVisible();
  await page.getByText('Show more details (optional permissions)').click();
  await expect(page.getByRole('region', { name: 'statements for labels' })).toContainText('KeywardSeesLabels');
  await inspect(page, 'permissions');
});

test('with the statements that it offers, a new test shows the labels in AWS', async () => {
  await aws.permit('EhrenRole', 'Labels', labelStatements(key.keyArn));
  await aws.tagKey(key.keyArn, 'owner', 'finance');
  await testConfiguration(page);
  await unfold(page, 'Key details from AWS');
  await expectPermission('ListResourceTags', 'Permitted');
  await expect(page.getByText('owner=finance')).toBeVisible();
  await next('When and what');
  await page.getByLabel('Now', { exact: true }).check();
  await page.getByRole('checkbox', { name: 'Notes' }).uncheck();
  await next('Review');
});

test('the review repeats tags, rule, facts and permissions, and the key becomes active', async () => {
  const provider = page.getByRole('region', { name: 'Provider', exact: true });
  await expect(provider).toContainText('owner=security, confidential');
  await expect(page.getByRole('region', { name: 'AWS', exact: true })).toContainText(
    'Your vendor’s rule: the key has to be in us-east-1',
  );
  const tested = page.getByRole('region', { name: 'Test', exact: true });
  await unfold(page, 'Key details from AWS');
  await expect(tested).toContainText('Single-Region key');
  await expect(tested).toContainText('owner=finance');
  await unfold(page, 'Key details from AWS');
  await expectPermission('Decrypt', 'Permitted');
  await inspect(page, 'review');
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  keyUrl = page.url();
  await expectStatus(page, 'Active');
});

test('the key’s page tells all of it', async () => {
  await goToTab(page, 'Versions');
  const details = page.getByRole('region', { name: 'Key details', exact: true });
  for (const text of [
    'Amazon Web Services (AWS)',
    'AWS Assume Role',
    tenant.externalId,
    'AWS KMS',
    'Single-Region key',
    'owner=finance',
    'Your vendor’s rule: the key has to be in us-east-1',
  ])
    await expect(details).toContainText(text);
  const version = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Version 1' }) });
  for (const text of [key.keyArn, key.roleArn]) await expect(version).toContainText(text);
  await expectPermission('GenerateDataKey', 'Permitted');
  await inspect(page, 'key-details');
  await goToTab(page, 'Settings');
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('owner=security, confidential');
});

test('tags can be changed in every state', async () => {
  await chooseAction(page, 'Edit Details');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByLabel('Tags')).toHaveValue('owner=security\nconfidential');
  await dialog.getByLabel('Tags').fill('owner=finance\n=nobody');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByLabel('Tags')).toHaveAccessibleDescription(/has no key/);
  await dialog.getByLabel('Tags').fill('owner=finance');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'More actions' })).toBeFocused();
  await expect(page.getByRole('region', { name: 'Details' })).toContainText('owner=finance');
  await expect(page.getByRole('region', { name: 'Details' })).not.toContainText('confidential');
});

test('a key is made irreversible after its consequences were read and its alias was typed', async () => {
  await chooseAction(page, 'Make This Key Irreversible');
  await page.waitForURL(/\/settings#commitment$/);
  await page.getByRole('button', { name: 'Make This Key Irreversible' }).click();
  const sheet = page.getByRole('alertdialog');
  await expect(sheet).toContainText('You can’t undo this');
  await expect(sheet).toContainText('Ledger and Mail');
  await inspect(page, 'commitment-sheet');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.getByRole('button', { name: 'Make This Key Irreversible' }).click();
  await confirm('ehrenwort-production');
  const commitment = page.getByRole('region', { name: 'Irreversible', exact: true });
  await expect(commitment).toContainText(`by ${tenant.admin}`);
  await expect(page.getByRole('button', { name: 'Make This Key Irreversible' })).toHaveAccessibleDescription(/already/);
  await inspect(page, 'committed');
});

test('then neither Revert to None nor taking an app off is possible, while adding one is', async () => {
  await expect(page.getByRole('button', { name: 'Revert to None' })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Revert to None' })).toHaveAccessibleDescription(/made irreversible/);
  await page.goto(`${keyUrl}/apps/change`);
  await page.getByRole('checkbox', { name: 'Mail' }).uncheck();
  await expect(page.getByRole('button', { name: 'Update Apps' })).toHaveAccessibleDescription(/made irreversible/);
  await expect(page.getByRole('region', { name: 'What would change' })).toContainText('You can’t do this now');
  await inspect(page, 'apps-refused');
  await page.getByRole('checkbox', { name: 'Mail' }).check();
  await page.getByRole('checkbox', { name: 'Notes' }).check();
  await expect(page.getByRole('button', { name: 'Update Apps' })).toBeEnabled();
  // A changed form asks before it is left.
  await page.getByRole('checkbox', { name: 'Notes' }).uncheck();
});

test('all keys of the tenant, those to come included, with its name typed; the vendor sees it too', async () => {
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Make All Keys Irreversible' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('now and later');
  await confirm('Ehrenwort');
  await expect(page.getByRole('region', { name: 'Irreversible', exact: true })).toContainText(
    'Every enterprise key of Ehrenwort is irreversible, including future ones',
  );
  await inspect(page, 'tenant-committed');
  await page.goto('/history?operation=make-irreversible');
  await expect(events(page, /made .+ irreversible/)).toHaveCount(2);
  await operator.goto(`/tenants/${tenant.id}`);
  await expect(operator.getByText(/Every enterprise key of Ehrenwort is irreversible/)).toBeVisible();
});

async function setRule(label: 'Warn' | 'Refuse'): Promise<void> {
  await operator.goto(`/tenants/${tenant.id}/settings`);
  await operator.getByLabel(label, { exact: true }).check();
  await operator.getByRole('button', { name: 'Save Region Rule' }).click();
  await expect(operator.getByText('Saved. It holds for every test from now on.')).toBeVisible();
}

async function expectPermission(action: string, word: string): Promise<void> {
  const table = page.getByRole('table', { name: 'Permissions, action by action' });
  await expect(table.getByRole('row', { name: new RegExp(`^kms:${action} `) })).toContainText(word);
}

async function confirm(typed: string): Promise<void> {
  const sheet = page.getByRole('alertdialog');
  await sheet.getByLabel(`Type ${typed} to confirm`).fill(typed);
  await sheet.getByRole('button', { name: 'Make Irreversible' }).click();
  await expect(sheet).toBeHidden();
}

async function next(heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: heading, exact: true })).toBeFocused();
}

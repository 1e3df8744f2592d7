import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { check, testConfiguration } from './tasks/active-key.ts';
import { inspect } from './tasks/inspect.ts';
import { createDraft } from './tasks/keys.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { accountIn, type PartitionAccount } from './tasks/partition-account.ts';
import { signIn } from './tasks/sign-in.ts';
import {
  chooseTimeZone,
  haveRoleAndKey,
  next,
  openSheet,
  openStep,
  policyShown as policy,
  setThemUp,
  unfold,
} from './tasks/wizard.ts';

test.describe.configure({ mode: 'serial' });

let page: Page;
let sisterPage: Page;
let tenant: OwnTenant;
let sister: OwnTenant;
let aws: PartitionAccount;
let keyId: string;
const made = { roleArn: '', keyArn: '', trust: '' };

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Mutterhaus', ['Ledger', 'Mail']);
  sister = await makeTenant('Tochter', ['Ledger', 'Mail']);
  aws = accountIn(demo, 'us-east-1');
  await aws.open();
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  sisterPage = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  await signIn(sisterPage, demo, sister.admin);
});
test.afterAll(async () => {
  await page?.context().close();
  await sisterPage?.context().close();
  await removeTenant('Mutterhaus');
  await removeTenant('Tochter');
});

test('whom the policies name is a choice, and every one of them follows at once', async () => {
  keyId = await createDraft(page);
  await page.getByLabel('Alias', { exact: true }).fill('Shared');
  await next(page, 'AWS');
  await setThemUp(page, aws);
  expect(await policy(page, 'trust policy')).toContain(':role/KeywardService');
  const sheet = await openSheet(page, 'Policy options');
  await expect(sheet).toContainText('They name Keyward’s service role and your role');
  await expect(page.getByLabel('Your organisation’s ID')).toHaveValue(tenant.id);
  await page.getByLabel('Keyward’s whole account', { exact: true }).check();
  await page.getByLabel('Your whole account', { exact: true }).check();
  await page.getByLabel('Other organisations of yours').fill(sister.id);
  expect(await policy(page, 'trust policy')).toMatch(/"AWS": "arn:aws:iam::\d{12}:root"/);
  const key = JSON.parse(await policy(page, 'key policy')) as { Statement: { Sid: string; Principal: object }[] };
  expect(JSON.stringify(key)).toContain(sister.id);
  expect(key.Statement.map(({ Principal }) => JSON.stringify(Principal)).join()).not.toContain(':role/');
  await inspect(page, 'policy-choices');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Terraform' }).click();
  await expect(page.getByRole('region', { name: 'Terraform parameters', exact: true })).toContainText(sister.id);
  await page.getByRole('tab', { name: 'JSON' }).click();
});

test('what is no tenant ID is refused with its place, and a saved choice survives a reload', async () => {
  const others = page.getByLabel('Other organisations of yours');
  await openSheet(page, 'Policy options');
  await others.fill('the sister company');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'A tenant ID is a UUID.' })).toBeFocused();
  // The summary leads to the field, though its sheet is closed.
  await page.getByRole('link', { name: 'A tenant ID is a UUID.' }).click();
  await expect(others).toBeFocused();
  await others.fill(sister.id);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText(/^Draft saved \d\d:\d\d$/)).toBeVisible();
  await page.reload();
  await openSheet(page, 'Policy options');
  await expect(others).toHaveValue(sister.id);
  await expect(page.getByLabel('Your whole account', { exact: true })).toBeChecked();
});

test('the checker finds nothing wrong with these policies', async () => {
  await page.keyboard.press('Escape');
  await openSheet(page, 'Check a policy');
  for (const name of ['trust policy', 'key policy']) {
    await page.getByLabel('Policy to check').fill(await policy(page, name));
    await page.getByRole('button', { name: 'Check policy' }).click();
    await expect(page.getByText(`Nothing is wrong with this ${name}.`)).toBeVisible();
  }
});

test('the key works under them', async () => {
  await page.keyboard.press('Escape');
  made.trust = await policy(page, 'trust policy');
  made.roleArn = await aws.makeRole(made.trust);
  made.keyArn = await aws.makeKey(await policy(page, 'key policy'));
  await openStep(page, '2. KMS key');
  await page.getByLabel('Provider ARN').fill(made.keyArn);
  await aws.permit(await policy(page, 'permission policy'));
  await next(page, 'Test');
  await testConfiguration(page);
});

test('so it does for the sister tenant, once its external ID is in the trust policy too', async () => {
  await createDraft(sisterPage);
  await sisterPage.getByLabel('Alias', { exact: true }).fill('Shared');
  await next(sisterPage, 'AWS');
  const both = JSON.parse(made.trust) as { Statement: { Condition: object }[] };
  for (const statement of both.Statement) {
    statement.Condition = { StringEquals: { 'sts:ExternalId': [tenant.externalId, sister.externalId] } };
  }
  await aws.iam('UpdateAssumeRolePolicy', { RoleName: 'BYOK_Role', PolicyDocument: JSON.stringify(both) });
  await haveRoleAndKey(sisterPage, made);
  await next(sisterPage, 'Test');
  await testConfiguration(sisterPage);
  await expect(check(sisterPage, 'Confused deputy')).toContainText('Passed');
});

test('of a scheduled key a step can be saved without proceeding: what was scheduled stands', async () => {
  await next(page, 'When and what');
  await page.getByLabel('At a date and time').check();
  await page.getByLabel('Enforcement Date').fill('2036-03-30T09:00');
  await chooseTimeZone(page, 'UTC');
  await next(page, 'Review');
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  await page.goto(`/enterprise-key/${keyId}/setup/aws`);
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText('Nothing was changed; what was scheduled stands')).toBeVisible();
  await page.goto(`/enterprise-key/${keyId}/setup/test`);
  await unfold(page, 'Test options');
  await page.getByLabel('Also generate a data key pair').check();
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText(/^Saved \d\d:\d\d; what was scheduled stands$/)).toBeVisible();
  await expect(page.getByText('You are editing a working copy of a scheduled key.')).toBeVisible();
  await page.goto(`/enterprise-key/${keyId}`);
  await expect(page.getByText('A changed copy is waiting.')).toBeVisible();
});

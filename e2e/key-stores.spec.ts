import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { check, expectStatus, testConfiguration } from './tasks/active-key.ts';
import { type AwsAccount, awsAccount } from './tasks/aws-account.ts';
import { inspect } from './tasks/inspect.ts';
import { goToTab } from './tasks/key-page.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs } from './tasks/people.ts';
import { makeReader, type Reader } from './tasks/reader.ts';
import { createToken } from './tasks/services.ts';
import { signIn } from './tasks/sign-in.ts';
import { haveRoleAndKey, unfold } from './tasks/wizard.ts';

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 3_600_000);

let page: Page;
let tenant: OwnTenant;
let aws: AwsAccount;
let roleArn: string;
let imported: string;
let reader: Reader;

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Tresor', ['Vault']);
  aws = awsAccount(demo);
  await aws.open();
  roleArn = await aws.makeRole('BYOK_Role', tenant);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeFocused();
  await page.getByLabel('Alias', { exact: true }).fill('tresor-production');
  await next('AWS');
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Tresor');
});

test('a key in a CloudHSM key store is warned of, a data key pair does not apply, and a disconnected store fails', async () => {
  const keyArn = await aws.makeKey('BYOK_Role', tenant, storeOf('AWS_CLOUDHSM'));
  await connect(keyArn);
  await unfold(page, 'Test options');
  await page.getByLabel('Also generate a data key pair').check();
  await testConfiguration(page);
  await expect(check(page, 'Key')).toContainText('Warning');
  await expect(check(page, 'Key')).toContainText('AWS holds no copy of the key material');
  await expect(check(page, 'Data key pair')).toContainText('Skipped');
  await inspect(page, 'key-store-warned');

  await aws.connectKeyStore(keyArn, false);
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check(page, 'Key')).toContainText('Failed', { timeout: 60_000 });
  await expect(check(page, 'Key')).toContainText(/key store/);
  await expect(page.getByText(/^Last tested/)).toBeVisible();
});

test('so is a key that lives outside AWS', async () => {
  await connect(await aws.makeKey('BYOK_Role', tenant, { ...storeOf('EXTERNAL_KEY_STORE'), XksKeyId: 'vault-1' }));
  await unfold(page, 'Test options');
  await page.getByLabel('Also generate a data key pair').uncheck();
  await testConfiguration(page);
  await expect(check(page, 'Key')).toContainText('Warning');
  await expect(check(page, 'Key')).toContainText('external key store');
});

test('without its imported material a key fails; material that expires is acknowledged with the days that are left', async ({
  browser,
  demo,
}) => {
  imported = await aws.makeKey('BYOK_Role', tenant, { Origin: 'EXTERNAL' });
  await connect(imported);
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check(page, 'Key')).toContainText('Failed', { timeout: 60_000 });
  await expect(check(page, 'Key')).toContainText(/[Ii]mport/);

  await aws.importMaterial(imported, inDays(20));
  await testConfiguration(page);
  await expect(check(page, 'Key')).toContainText('expires in 20 days');
  await next('When and what');
  await page.getByLabel('Now', { exact: true }).check();
  await next('Review');
  await page.getByRole('button', { name: 'Proceed' }).click();
  await expect(page.getByRole('link', { name: 'Acknowledge the warning “Key”.' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'I acknowledge the warning “Key”' }).check();
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  await expectStatus(page, 'Active');
  const operator = await openAs(browser, demo, 'operator');
  const token = await createToken(operator, { tenant: 'Tresor', name: 'reader', actions: ['encrypt', 'decrypt'] });
  await operator.context().close();
  reader = await makeReader(page.request, token, tenant.apps);
  expect(await reader.readOnce()).toEqual({ Vault: 'ok' });
});

test('the key’s page warns of the date in time, and says Revoked once the material is gone', async () => {
  await expect(page.getByText(/imported material expires on/)).toBeVisible();
  await inspect(page, 'material-expires');
  await goToTab(page, 'Versions');
  await expect(page.getByText(/20 days left/)).toBeVisible();
  await goToTab(page, 'Overview');
  await aws.removeMaterial(imported);
  expect(await reader.readOnce()).toEqual({ Vault: 'key-revoked' });
  await page.reload();
  await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible();
  await aws.importMaterial(imported, inDays(90));
  await expect.poll(() => reader.readOnce()).toEqual({ Vault: 'ok' });
});

function storeOf(Origin: 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE') {
  return { Origin, CustomKeyStoreId: 'cks-1234567890abcdef0' };
}

/** Enters this key and goes on to the test. */
async function connect(keyArn: string): Promise<void> {
  await page.goto(page.url().replace(/\/setup\/.*/, '/setup/aws'));
  await haveRoleAndKey(page, { keyArn, roleArn });
  await next('Test');
}

async function next(heading: string): Promise<void> {
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: heading, exact: true })).toBeFocused();
}

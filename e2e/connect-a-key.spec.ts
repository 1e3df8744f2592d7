import type { Page } from '@playwright/test';
import { type Demo, expect, test } from './fixtures.ts';
import { check as checkOf } from './tasks/active-key.ts';
import { customer } from './tasks/customer.ts';
import { goToTab } from './tasks/key-page.ts';
import { readKey } from './tasks/keys.ts';
import { signIn } from './tasks/sign-in.ts';
import { next } from './tasks/wizard.ts';

test.describe.configure({ mode: 'serial' });

let page: Page;
let keyUrl: string;

test.beforeAll(async ({ browser, demo }) => {
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, 'admin@acme.example');
});
test.afterAll(() => page.close());

test('an administrator creates a key and is asked for two ARNs', async () => {
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeFocused();
  await expect(page.getByLabel('Cloud Provider')).toContainText('Amazon Web Services (AWS)');
  await page.getByLabel('Alias').fill('byok-prod');
  await page.getByLabel('Description').fill('Protects customer conversations.');
  await next(page, 'AWS');
  await expect(page.getByLabel('AWS Account ID')).toHaveCount(0);
  await page.getByLabel('Set them up with me').check();
  await expect(page.getByLabel('Role Name')).toHaveValue('BYOK_Role');
  await expect(page.getByLabel('AWS Region')).toHaveValue('us-east-1');
  await page.getByLabel('I have role and key already').check();
  await expect(page.getByRole('textbox', { name: 'Assume Role External ID' })).toHaveValue(/^kw_[\w-]{32}$/);
});

test('a role’s ARN where the key’s belongs is named beside its field', async ({ demo }) => {
  await page.getByLabel('Role ARN').fill(demo.readyAccount.roleArn);
  await page.getByLabel('Provider ARN').fill(demo.readyAccount.roleArn);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await expect(page.getByText(/role ARN/i).first()).toBeVisible();
  // What came along unseen is named there, too.
  await page.getByLabel('Provider ARN').fill(`${demo.readyAccount.keyArn}\u200B`);
  await expect(page.getByLabel('Provider ARN')).toHaveAccessibleDescription(/zero-width space \(U\+200B\) at the end/);
  await page.getByLabel('Provider ARN').fill(`  ${demo.readyAccount.keyArn} `);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { name: 'Test', exact: true })).toBeFocused();
});

test('the test passes authentication and fails the confused deputy while the role asks for no external ID', async ({
  demo,
}) => {
  test.setTimeout(180_000);
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check('Authentication')).toContainText('Passed', { timeout: 30_000 });
  await expect(check('Confused deputy')).toContainText('Waiting for AWS', { timeout: 30_000 });
  await expect(check('Confused deputy')).toContainText('Failed', { timeout: 90_000 });
  await expect(check('Key')).toContainText('Not run');
  await customer(demo).applyTrustPolicy(await policyIn(page));
});

test('under the policies that are shown, every check passes', async ({ demo }) => {
  await page.getByRole('link', { name: /^AWS/ }).click();
  await expect(page.getByRole('heading', { name: 'AWS', exact: true })).toBeVisible();
  await page.getByLabel('Set them up with me').check();
  await expect(page.getByLabel('AWS Account ID')).toHaveValue('111122223333');
  const policies = await policiesShown(page);
  await customer(demo).applyKeyPolicy(policies.key);
  await customer(demo).applyPermissionPolicy(policies.permission);
  await page.getByRole('link', { name: 'Test', exact: true }).click();
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check('Context')).toContainText('Passed', { timeout: 60_000 });
  for (const name of [
    'Format',
    'Region',
    'Connectivity',
    'Authentication',
    'Confused deputy',
    'Key',
    'Data key',
    'Encryption and decryption',
  ]) {
    await expect(check(name)).toContainText('Passed');
  }
  await expect(check('Data key pair')).toContainText('Skipped');
});

test('with two seconds for each AWS call the first rows are there while later ones are pending', async ({ demo }) => {
  await customer(demo).faults({ kind: 'latency', ms: 2_000 });
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(check('Format')).toContainText('Passed');
  await expect(check('Connectivity')).toContainText('Running');
  await customer(demo).faults();
  await expect(check('Context')).toContainText('Passed', { timeout: 60_000 });
});

test('a reload loses nothing', async () => {
  await page.reload();
  await expect(check('Context')).toContainText('Passed');
  await expect(page.getByRole('heading', { name: 'It works. 9 of 9 checks passed.' })).toBeVisible();
  await next(page, 'When and what');
});

test('now, all apps and bots but one, reviewed and proceeded with', async () => {
  await page.getByLabel('Now', { exact: true }).check();
  await expect(page.getByText('12 of 12 selected')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Lobby kiosk' }).uncheck();
  await expect(page.getByText('11 of 12 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { name: 'Review', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  keyUrl = page.url();
});

test('the page moves by itself from activating to active', async () => {
  await expect(page.getByText('Active', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('11 of 12').first()).toBeVisible();
  await goToTab(page, 'Apps');
  const kiosk = page.getByRole('row', { name: /Lobby kiosk/ }).first();
  await expect(kiosk).toContainText('Platform key');
  await expect(page.getByRole('row', { name: /Claims assistant/ }).first()).toContainText('Version 1');
});

test('validation opens records for real, and checks a stored authorization profile', async () => {
  await goToTab(page, 'Validation');
  await page.getByLabel('Authorization Profile').selectOption({ label: await optionWith(page, 'Claims archive') });
  await page.getByLabel('User Name').fill('admin');
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Validate', exact: true }).click();
  await expect(page.getByText(/5 of 5/).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Basic authentication successful.')).toBeVisible();
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Test authorization' }).click();
  await expect(page.getByText('User name or password does not match.')).toBeVisible();
});

test('when the customer disables the key, reading is refused with the reason on the screen', async ({
  demo,
  request,
}) => {
  const aws = customer(demo);
  const sealed = await seal(request, demo);
  await aws.disableKey();
  await page.getByRole('button', { name: 'Open recent records of Claims assistant' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'Open recent records' }).click();
  // The badge behind the dialog follows the refused read.
  await expect(dialog).toContainText('The key is disabled.');
  await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Validate', exact: true }).click();
  await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('The key is disabled.').first()).toBeVisible();
  expect(await open(request, demo, sealed)).toEqual([{ error: { code: 'key-revoked' } }]);
  await aws.enableKey();
  expect(await open(request, demo, sealed)).toEqual([{ plaintext: 'aGVsbG8=' }]);
  await page.getByRole('button', { name: 'Validate', exact: true }).click();
  await expect(page.getByText('Healthy', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  expect(`${keyUrl}/validation`).toBe(page.url());
});

test('a copy unwrapped before is used no longer than the cache time', async ({ demo, request }) => {
  test.setTimeout(150_000);
  const sealed = await seal(request, demo);
  await customer(demo).disableKey();
  const disabledAt = Date.now();
  let refusedAfter = 0;
  while (!refusedAfter && Date.now() - disabledAt < 90_000) {
    const [answer] = await open(request, demo, sealed);
    if ('error' in (answer ?? {})) refusedAfter = Date.now() - disabledAt;
    else await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  await customer(demo).enableKey();
  // 60 seconds from the unwrapping, plus the second between two tries.
  expect(refusedAfter).toBeGreaterThan(0);
  expect(refusedAfter).toBeLessThan(65_000);
});

function check(name: string) {
  return checkOf(page, name);
}

async function optionWith(on: Page, text: string): Promise<string> {
  const [label] = await on
    .getByLabel('Authorization Profile')
    .locator('option')
    .filter({ hasText: text })
    .allInnerTexts();
  return (label ?? '').trim();
}

/** The policy that a failed check offers. */
async function policyIn(on: Page): Promise<string> {
  const [policy] = await on.locator('pre').filter({ hasText: 'sts:ExternalId' }).allInnerTexts();
  return policy ?? '';
}

async function policiesShown(on: Page): Promise<{ key: string; permission: string }> {
  const all = await on.locator('pre').allTextContents();
  const key = all.find((text) => text.includes('StringNotEquals'));
  const permission = all.find((text) => text.includes('kms:GenerateDataKey') && !text.includes('Principal'));
  return { key: key ?? '', permission: permission ?? '' };
}

type Request = import('@playwright/test').APIRequestContext;

async function appOf(): Promise<string> {
  const { apps } = await readKey(page, keyUrl.split('/').at(-1) ?? '');
  return apps.find(({ name }) => name === 'Claims assistant')?.id ?? '';
}

async function seal(request: Request, demo: Demo): Promise<string> {
  const answer = await call(request, demo, 'encrypt', { plaintext: 'aGVsbG8=', context: { table: 'note' } });
  return String(answer[0]?.envelope);
}

function open(request: Request, demo: Demo, envelope: string) {
  return call(request, demo, 'decrypt', { envelope, context: { table: 'note' } });
}

async function call(request: Request, demo: Demo, action: string, item: object): Promise<Record<string, unknown>[]> {
  const token = demo.tokens.find((one) => one.tenant === 'Acme')?.token;
  const response = await request.post(`/api/v1/apps/${await appOf()}/${action}`, {
    headers: { authorization: `Bearer ${token}` },
    data: { items: [item] },
  });
  expect(response.status()).toBe(200);
  return (await response.json()).items;
}

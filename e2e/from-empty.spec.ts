/**
 * From an empty PostgreSQL, in production mode, to the first envelope under a customer's key, by what the README says and
 * nothing else.
 */
import { randomBytes } from 'node:crypto';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { parseEnvelope } from '../lib/envelope/format.ts';
import { expectStatus, testConfiguration } from './tasks/active-key.ts';
import { events } from './tasks/history.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { type Installation, startInstallation } from './tasks/installation.ts';
import { createToken, open, seal } from './tasks/services.ts';
import { next, openStep, setThemUp } from './tasks/wizard.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

const accountId = '555566667777';
let keyward: Installation;
let operator: Page;
let operatorPassword: string;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  keyward = await startInstallation();
});
test.afterAll(async () => {
  test.setTimeout(120_000);
  await operator?.context().close();
  await keyward?.end();
});

test('the database is migrated, and a first operator made', async () => {
  const migrated = await keyward.run('migrate');
  expect(migrated, migrated.stderr).toMatchObject({ code: 0 });
  const made = await keyward.run('operator', 'ops@vendor.example');
  expect(made, made.stderr).toMatchObject({ code: 0 });
  operatorPassword = made.stdout.match(/changed: (\S+)/)?.[1] ?? '';
  expect(operatorPassword).not.toBe('');
});

test('web and worker start, and say that they are well', async () => {
  keyward.serve('start');
  keyward.serve('worker');
  await expect(async () => expect(await keyward.health(), keyward.output()).toBe(200)).toPass({ timeout: 120_000 });
});

test('the operator chooses a password, and a fresh installation says what to do', async ({ browser }) => {
  operator = await firstSignIn(browser, 'ops@vendor.example', operatorPassword);
  await operator.goto('/tenants');
  await expect(operator.getByText('There is no tenant yet')).toBeVisible();
  await expect(operator.getByText('Create your first tenant')).toBeVisible();
  await inspect(operator, 'tenants-fresh');
});

test('by commands: tenant, app and administrator; then a key, and an envelope under it', async ({ browser }) => {
  const tenant = await json('tenant', 'create', 'Initech', '--region', 'us-east-1', '--ref', 'crm-1');
  const app = await json('app', 'create', 'Claims', '--tenant', 'crm-1', '--ref', 'claims', '--kind', 'bot');
  const person = await json('person', 'create', 'ann@initech.example', '--tenant', 'crm-1', '--role', 'admin');
  const token = await createToken(operator, { tenant: 'Initech', name: 'Speech', actions: ['encrypt', 'decrypt'] });
  const admin = await firstSignIn(browser, 'ann@initech.example', String(person.oneTimePassword));
  const service = admin.request;
  const appId = String(app.appId);

  // Before there is a key, what is sealed lies under the platform key.
  const [before] = await seal(service, token, appId, [{ plaintext: 'aGVsbG8=', context: {} }]);
  expect(await wrappedBy(before?.envelope)).toEqual({ tenantId: tenant.tenantId, keyArn: null });

  const keyArn = await connectByThePages(admin);
  const [after] = await seal(service, token, appId, [{ plaintext: 'aGVsbG8=', context: {} }]);
  expect(await wrappedBy(after?.envelope)).toEqual({ tenantId: tenant.tenantId, keyArn });
  expect(await open(service, token, appId, [{ envelope: after?.envelope, context: {} }])).toMatchObject([
    { plaintext: 'aGVsbG8=' },
  ]);
  await admin.goto('/history?operation=create-person');
  await expect(events(admin, /created an account for/)).toContainText('Command line (');
  await admin.context().close();
});

test('on the screens: the same, with what is wrong beside its field', async ({ browser }) => {
  const complaints = listenForComplaints(operator);
  await operator.goto('/tenants');
  await operator.getByRole('link', { name: 'Create Tenant' }).click();
  await expect(operator.getByRole('heading', { name: 'Create a tenant' })).toBeVisible();
  await operator.getByLabel('Name', { exact: true }).fill('Globex & Co');
  await operator.getByLabel('Reference').fill('crm-1');
  await operator.getByLabel('Home region', { exact: true }).selectOption('us-east-1');
  await operator.getByRole('button', { name: 'Create Tenant' }).click();
  await expect(operator.getByLabel('Reference')).toHaveAccessibleDescription(
    /crm-1” is the reference of the tenant Initech/,
  );
  await inspect(operator, 'create-tenant');
  await operator.getByLabel('Reference').fill('');
  await operator.getByRole('button', { name: 'Create Tenant' }).click();
  await expect(operator.getByRole('heading', { name: 'Globex & Co' })).toBeVisible();
  await expect(operator.getByText('globex-co', { exact: true })).toBeVisible();
  await inspect(operator, 'tenant-new');

  const apps = operator.getByRole('region', { name: 'Apps and bots' });
  await apps.getByLabel('Name').fill('HR portal');
  await apps.getByRole('button', { name: 'Create App' }).click();
  await expect(apps.getByRole('status').filter({ hasText: '“HR portal” was created.' })).toBeVisible();
  const row = apps.getByRole('row', { name: /HR portal/ });
  await expect(row).toContainText('Platform key');
  const appId = ((await row.textContent()) ?? '').match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/)?.[0] ?? '';

  const people = operator.getByRole('region', { name: 'People' });
  await people.getByLabel('Email').fill('ann@initech.example');
  await people.getByRole('button', { name: 'Create Account' }).click();
  await expect(people.getByLabel('Email')).toHaveAccessibleDescription(/has an account already/);
  await people.getByLabel('Email').fill('bea@globex.example');
  await people.getByRole('button', { name: 'Create Account' }).click();
  const password = await people.getByRole('textbox', { name: 'One-time password' }).inputValue();
  await expect(people.getByRole('row', { name: /bea@globex.example/ })).toContainText('One-time, not changed yet');
  await inspect(operator, 'tenant-with-people');
  await operator.reload();
  expect(await operator.content()).not.toContain(password);

  const token = await createToken(operator, { tenant: 'Globex & Co', name: 'Mail', actions: ['encrypt'] });
  const [sealed] = await seal(operator.request, token, appId, [{ plaintext: 'aGVsbG8=', context: {} }]);
  expect((await wrappedBy(sealed?.envelope)).keyArn).toBeNull();
  const admin = await firstSignIn(browser, 'bea@globex.example', password);
  await admin.goto('/apps');
  await expect(admin.getByRole('row', { name: /HR portal/ })).toBeVisible();
  await admin.context().close();
  expect(complaints).toEqual([]);
});

/** Signs in with the one-time password, is sent to choose another, and does. */
async function firstSignIn(browser: Browser, email: string, oneTimePassword: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: keyward.url, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(oneTimePassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/account\/password/);
  const chosen = randomBytes(18).toString('base64url');
  await page.getByLabel('Current password').fill(oneTimePassword);
  await page.getByLabel('New password', { exact: true }).fill(chosen);
  await page.getByLabel('Repeat new password').fill(chosen);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(
    page
      .getByText('Your password is changed.')
      .or(page.getByRole('navigation', { name: 'Main' }))
      .first(),
  ).toBeVisible();
  return page;
}

/** One of the commands that create, as a program calls it: one object on standard output, nothing else. */
async function json(...args: [string, ...string[]]): Promise<Record<string, unknown>> {
  const done = await keyward.run(...args, '--json');
  expect(done, done.stderr).toMatchObject({ code: 0 });
  return JSON.parse(done.stdout);
}

/** The administrator's whole way: the steps in order, the policies that they show applied in AWS. @returns the key's ARN */
async function connectByThePages(page: Page): Promise<string> {
  await aws('accounts', { accountId });
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeFocused();
  await page.getByLabel('Alias').fill('initech-production');
  await next(page, 'AWS');
  await setThemUp(page, { accountId });
  const shown = await page.locator('pre').allTextContents();
  const trust = shown.find((text) => text.includes('sts:ExternalId')) ?? '';
  await aws(`accounts/${accountId}/iam/CreateRole`, { RoleName: 'BYOK_Role', AssumeRolePolicyDocument: trust });
  const keyPolicy = shown.find((text) => text.includes('StringNotEquals')) ?? '';
  const { KeyMetadata } = await aws(`accounts/${accountId}/kms/us-east-1/CreateKey`, { Policy: keyPolicy });
  const { Arn: keyArn } = KeyMetadata as { Arn: string };
  await openStep(page, '2. KMS key');
  await page.getByLabel('Provider ARN').fill(keyArn);
  // The permission policy names the key, which is known from here on.
  const permission = (await page.locator('pre').allTextContents()).find(
    (text) => text.includes(keyArn) && !text.includes('Principal'),
  );
  const policy = { RoleName: 'BYOK_Role', PolicyName: 'BYOK_Policy', PolicyDocument: permission ?? '' };
  await aws(`accounts/${accountId}/iam/PutRolePolicy`, policy);
  await next(page, 'Test');
  await testConfiguration(page);
  await next(page, 'When and what');
  await page.getByLabel('Now', { exact: true }).check();
  await expect(page.getByText('1 of 1 selected')).toBeVisible();
  await next(page, 'Review');
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  await expectStatus(page, 'Active');
  return keyArn;
}

/** What the customer does in AWS. */
async function aws(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${keyward.simulatorUrl}/_sim/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.ok, await response.clone().text()).toBe(true);
  return (await response.json()) as Record<string, unknown>;
}

/** What wraps the data key that an envelope names. */
async function wrappedBy(envelope: string | undefined): Promise<{ tenantId: unknown; keyArn: unknown }> {
  const { dataKeyId } = parseEnvelope(Buffer.from(envelope ?? '', 'base64'));
  const [row] = await keyward.query(
    `SELECT d.tenant_id AS "tenantId", v.key_ref AS "keyArn"
       FROM data_key d LEFT JOIN key_version v ON v.id = d.key_version_id WHERE d.id = $1`,
    [dataKeyId],
  );
  return { tenantId: row?.tenantId, keyArn: row?.keyArn };
}

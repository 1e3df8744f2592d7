import type { Page } from '@playwright/test';
import { type Demo, expect, test } from './fixtures.ts';
import { events } from './tasks/history.ts';
import { inspect, listenForComplaints } from './tasks/inspect.ts';
import { goToTab } from './tasks/key-page.ts';
import { createDraft, deleteDraft, keysOnList, readKey } from './tasks/keys.ts';
import { makeTenant, removeTenant } from './tasks/own-tenant.ts';
import { openAs, type Person } from './tasks/people.ts';
import { signIn } from './tasks/sign-in.ts';
import { openSheet, openStep, setThemUp } from './tasks/wizard.ts';

// Each state is looked at in light and dark, wide and at 320 px, while the browser's console is listened to.
test.describe.configure({ timeout: 180_000 });

const nowhere = '/enterprise-key/00000000-0000-4000-8000-000000000000';

let page: Page;
let complaints: string[];
test.beforeEach(async ({ browser, demo }) => {
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  complaints = listenForComplaints(page);
});
test.afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

/** From here on the page is this person's. */
async function become(demo: Demo, person: Person, expected: RegExp[] = []): Promise<void> {
  const browser = page.context().browser();
  if (!browser) throw new Error('The browser is gone.');
  await page.context().close();
  page = await openAs(browser, demo, person);
  complaints = listenForComplaints(page, expected);
}

test('anybody can sign in', async () => {
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await inspect(page, 'sign-in');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Enter your email.')).toBeVisible();
  await inspect(page, 'sign-in-empty');
});

test('somebody who mistyped the password reads so', async ({ demo }) => {
  await become(demo, 'viewer');
  await page.context().clearCookies();
  complaints = listenForComplaints(page, [/status of 401/]);
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill('viewer@acme.example');
  await page.getByLabel('Password').fill('something else');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByText('Email or password is wrong.')).toBeVisible();
  await inspect(page, 'sign-in-refused');
});

test('an administrator without a key reads what protects the data now', async ({ demo }) => {
  // A tenant of its own: whether any other has a key depends on which tests ran before.
  const tenant = await makeTenant('Keyless', ['Front desk']);
  await signIn(page, demo, tenant.admin);
  await page.goto('/enterprise-key');
  await expect(page.getByText('What protects your data now')).toBeVisible();
  await inspect(page, 'no-key');
  await removeTenant('Keyless');
});

test('a viewer reads who can create a key', async ({ demo }) => {
  await become(demo, 'viewer');
  await page.goto('/enterprise-key');
  await expect(page.getByText('Only an administrator of your organisation can create a key.')).toBeVisible();
  await inspect(page, 'viewer');
});

test('an administrator sees all keys', async ({ demo }) => {
  await become(demo, 'otherAdmin');
  await keysOnList(page);
  await inspect(page, 'key-list');
});

test('an administrator validates an active key, asks to open records, and reads them', async ({ demo }) => {
  await become(demo, 'otherAdmin');
  await openGlobexKey();
  await inspect(page, 'key');
  await page.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await inspect(page, 'key-menu');
  await page.keyboard.press('Escape');
  await goToTab(page, 'Validation');
  await page.getByRole('button', { name: 'Validate', exact: true }).click();
  await expect(page.getByText(/5 of 5/).first()).toBeVisible({ timeout: 30_000 });
  await inspect(page, 'key-validated');
  await page.getByRole('button', { name: 'Open recent records of Service desk' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await inspect(page, 'open-records-dialog');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Open recent records' }).click();
  await expect(page.getByRole('heading', { name: 'Recent records of Service desk' })).toBeFocused();
  await inspect(page, 'opened-records');
});

test('an administrator mistypes an authorization profile', async ({ demo }) => {
  await become(demo, 'otherAdmin');
  await openGlobexKey();
  await goToTab(page, 'Validation');
  await page.getByRole('button', { name: 'Test authorization' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await inspect(page, 'authorization-problem');
});

test('an administrator reads the history', async ({ demo }) => {
  await become(demo, 'otherAdmin');
  await page.goto('/history');
  await expect(page.getByRole('region', { name: 'Events' })).toBeVisible();
  await inspect(page, 'history');
  await page.getByRole('combobox', { name: 'Person' }).click();
  await page.getByRole('combobox', { name: 'Search: Person' }).fill('globex');
  await page.getByRole('option', { name: 'admin@globex.example' }).click();
  await expect(page).toHaveURL(/person=person/);
  await expect(page.getByRole('combobox', { name: 'Person: admin@globex.example' })).toBeVisible();
  await expect(events(page, /^(?!.*admin@globex\.example)/)).toHaveCount(0);
  const row = events(page, 'signed in').first().getByRole('link');
  const details = page.getByRole('dialog');
  await row.press('Enter');
  await expect(details).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(details).toBeHidden();
  await expect(row).toBeFocused();
  await row.click();
  await expect(details.getByText('Request', { exact: true })).toBeVisible();
  await inspect(page, 'history-event');
  // At 1280 pixels nothing of the list lies below the sheet, and nothing has to be scrolled sideways.
  const [list, sheet] = await Promise.all([
    page.getByRole('region', { name: 'Events' }).boundingBox(),
    details.boundingBox(),
  ]);
  expect((list?.x ?? 0) + (list?.width ?? 0)).toBeLessThanOrEqual(sheet?.x ?? 0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  // The list stays usable beside it, and the address alone opens the same event again.
  await page.reload();
  await expect(details).toBeVisible();
  await details.getByRole('button', { name: 'Close' }).click();
  await expect(page).not.toHaveURL(/event=/);
  await page.getByRole('button', { name: 'Date' }).click();
  await page.getByRole('button', { name: 'Today' }).click();
  await expect(page).toHaveURL(/since=\d{4}-\d\d-\d\d&until=/);
  await inspect(page, 'history-filtered');
  await page.getByRole('link', { name: 'Clear filters' }).click();
  await expect(page).toHaveURL(/\/history$/);
  await page.goto('/history?outcome=failed');
  await expect(page.getByText('No event matches.')).toBeVisible();
  await inspect(page, 'history-empty');
});

test('anybody changes the password', async ({ demo }) => {
  await become(demo, 'viewer');
  await page.goto('/account/password');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await inspect(page, 'password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await inspect(page, 'password-problem');
});

test('somebody follows an address that leads nowhere', async ({ demo }) => {
  await become(demo, 'admin', [/status of 404/]);
  for (const [state, address] of Object.entries({ 'not-found': nowhere, 'no-such-page': '/nowhere' })) {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await expect(page).toHaveTitle(/^Page not found · /);
    await inspect(page, state);
  }
});

test('somebody follows an address that belongs to another role', async ({ demo }) => {
  await become(demo, 'viewer');
  await page.goto('/tenants');
  await expect(page.getByRole('heading', { name: 'Your role does not allow this.' })).toBeVisible();
  await inspect(page, 'wrong-role');
});

test('support finds a tenant and its diagnosis', async ({ demo }) => {
  await become(demo, 'support');
  await page.goto('/tenants');
  await expect(page.getByRole('table', { name: 'Tenants' })).toBeVisible();
  await inspect(page, 'tenants');
  await page.goto('/tenants?q=nobody');
  await expect(page.getByText('No tenant matches “nobody”.')).toBeVisible();
  await inspect(page, 'tenants-none');
  await page.goto('/tenants');
  await page.getByRole('link', { name: 'Globex' }).click();
  await expect(page.getByRole('heading', { name: 'Diagnosis' })).toBeVisible();
  await inspect(page, 'tenant');
});

test('the operator is asked before a token is revoked', async ({ demo }) => {
  await become(demo, 'operator');
  await page.goto('/tokens');
  await expect(page.getByRole('table', { name: 'Tokens' })).toBeVisible();
  await inspect(page, 'tokens');
  await page.getByRole('button', { name: 'Create Token' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await inspect(page, 'tokens-problem');
  await page.getByRole('button', { name: 'Revoke Demo' }).first().click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await inspect(page, 'revoke-dialog');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog')).toBeHidden();
});

test('an administrator walks the wizard', async ({ demo }) => {
  test.setTimeout(400_000);
  await become(demo, 'otherAdmin');
  const globex = await openGlobexKey();
  const draft = await createDraft(page);
  try {
    await provider();
    await guide();
    await connect(globex);
    await testConfiguration();
    await page.getByRole('button', { name: 'Next' }).click();
    await dateAndApps();
    await page.goto(`/enterprise-key/${draft}/setup/review`);
    await expect(page.getByRole('heading', { name: 'Review', exact: true })).toBeVisible();
    await inspect(page, 'wizard-review');
    await page.goto(`/enterprise-key/${draft}`);
    await expect(page.getByText('Draft', { exact: true }).first()).toBeVisible();
    await inspect(page, 'key-draft');
  } finally {
    await deleteDraft(page, draft);
  }
});

async function provider(): Promise<void> {
  await inspect(page, 'wizard-provider');
  await page.getByLabel('Alias').fill(' ');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await inspect(page, 'wizard-provider-problem');
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await inspect(page, 'wizard-leave-dialog');
  await page.getByRole('button', { name: 'Stay on this page' }).click();
  await page.getByLabel('Alias').fill('globex-second');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByRole('heading', { name: 'AWS', exact: true })).toBeFocused();
}

/** Role and key are set up here: the three steps, and each of the sheets. */
async function guide(): Promise<void> {
  await inspect(page, 'wizard-aws-question');
  await setThemUp(page, { accountId: '444455556666' });
  await inspect(page, 'wizard-aws-set-up');
  for (const name of ['2. KMS key', '3. IAM policy']) {
    await openStep(page, name);
    await inspect(page, `wizard-aws-${name.slice(3).replace(' ', '-').toLowerCase()}`);
  }
  for (const name of ['Policy options', 'Check a policy', 'Limit by address'] as const) {
    await openSheet(page, name);
    await inspect(page, `wizard-${name.replaceAll(' ', '-').toLowerCase()}`);
    await page.keyboard.press('Escape');
  }
}

async function connect({ keyArn, roleArn }: { keyArn: string; roleArn: string }): Promise<void> {
  await page.getByLabel('I have role and key already').check();
  await page.getByLabel('Role ARN').fill(roleArn);
  await page.getByLabel('Provider ARN').fill(roleArn);
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('There is a problem')).toBeVisible();
  await inspect(page, 'wizard-connect-problem');
  await page.getByLabel('Provider ARN').fill(keyArn);
  await inspect(page, 'wizard-connect');
  await page.getByRole('button', { name: 'Next' }).click();
}

async function testConfiguration(): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Test', exact: true })).toBeFocused();
  await inspect(page, 'wizard-test-idle');
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(page.getByText(/^Last tested/)).toBeVisible({ timeout: 120_000 });
  await inspect(page, 'wizard-test-passed');
  // The same with a key that is not there: a failed check, its remedy, and those that could not be run.
  await page.getByRole('link', { name: /^AWS/ }).click();
  await expect(page.getByRole('heading', { name: 'AWS', exact: true })).toBeFocused();
  const field = page.getByLabel('Provider ARN');
  const right = await field.inputValue();
  await field.fill(right.replace(/key\/.*/, 'key/00000000-0000-4000-8000-000000000000'));
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(page.getByText('Something has changed since this test.')).toBeVisible();
  await inspect(page, 'wizard-test-stale');
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(page.getByText('Failed', { exact: true }).first()).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText(/^Last tested/)).toBeVisible({ timeout: 120_000 });
  await inspect(page, 'wizard-test-failed');
}

async function dateAndApps(): Promise<void> {
  await expect(page.getByRole('heading', { name: 'When and what', exact: true })).toBeFocused();
  await page.getByLabel('At a date and time').check();
  await page.getByLabel('Enforcement Date').fill('2031-05-04T10:00');
  await expect(page.getByText('From now')).toBeVisible();
  await inspect(page, 'wizard-date');
  const zone = page.getByRole('combobox', { name: 'Time Zone' });
  await zone.fill('kolkata');
  const found = page.getByRole('listbox').getByRole('option');
  await expect(found).toHaveText(['Asia/Kolkata (UTC+05:30)']);
  await inspect(page, 'wizard-time-zones');
  await page.keyboard.press('Tab');
  await expect(found, 'closed when the focus goes on').toBeHidden();
  await zone.fill('kolkata');
  await found.click();
  await expect(zone).toBeFocused();
  await expect(zone).toHaveValue('Asia/Kolkata (UTC+05:30)');
}

async function openGlobexKey(): Promise<{ keyArn: string; roleArn: string }> {
  for (const keyId of await keysOnList(page)) {
    const key = await readKey(page, keyId);
    if (key.status !== 'active' || !key.standing) continue;
    await page.goto(`/enterprise-key/${keyId}`);
    await expect(page.getByRole('heading', { name: 'What to do next' })).toBeVisible();
    return key.standing;
  }
  throw new Error('Globex has no active key.');
}

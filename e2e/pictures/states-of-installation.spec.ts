/** A fresh installation: what its first operator sees. */
import { type Installation, startInstallation } from '../tasks/installation.ts';
import { see } from './states.ts';
import { expect, test } from './test.ts';

let keyward: Installation;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  keyward = await startInstallation();
  expect(await keyward.run('migrate')).toMatchObject({ code: 0 });
  keyward.serve('start');
  keyward.serve('worker');
  await expect(async () => expect(await keyward.health(), keyward.output()).toBe(200)).toPass({ timeout: 120_000 });
});
test.afterAll(async () => {
  test.setTimeout(120_000);
  await keyward?.end();
});

test('empty: an installation without a tenant, and a password to be chosen first', async ({ browser }) => {
  const made = await keyward.run('operator', 'ops@vendor.example');
  const oneTimePassword = made.stdout.match(/changed: (\S+)/)?.[1] ?? '';
  const page = await (await browser.newContext({ baseURL: keyward.url, ignoreHTTPSErrors: true })).newPage();
  await page.goto('/sign-in');
  await see(page, '/sign-in', 'without demo accounts');
  await page.getByLabel('Email').fill('ops@vendor.example');
  await page.getByLabel('Password').fill(oneTimePassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/account\/password/);
  await expect(page.getByLabel('Current password')).toBeVisible();
  await see(page, '/account/password', 'before anything else');
  const chosen = `chosen-for-pictures-${oneTimePassword}`;
  await page.getByLabel('Current password').fill(oneTimePassword);
  await page.getByLabel('New password', { exact: true }).fill(chosen);
  await page.getByLabel('Repeat new password').fill(chosen);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Tokens' })).toBeVisible();
  for (const screen of ['/tenants', '/tokens']) {
    await page.goto(screen);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await see(page, screen, 'empty, fresh installation');
  }
  await page.context().close();
});

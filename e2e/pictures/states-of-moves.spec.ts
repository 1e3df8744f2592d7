import { connectKey, expectStatus, reviewKey, testConfiguration } from '../tasks/active-key.ts';
import { customer } from '../tasks/customer.ts';
import { removeTenant } from '../tasks/own-tenant.ts';
import { openAs } from '../tasks/people.ts';
import { customerOf, noNewDataKeys, see, seeEverywhere } from './states.ts';
import { expect, test } from './test.ts';
import { type Acme, acme } from './world.ts';

let world: Acme;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  world = await acme(browser, demo);
});
test.afterEach(({ demo }) => customer(demo).faults());

test('activation failed: AWS makes no data keys', async ({ browser, demo }) => {
  const { tenant, page, wanted } = await customerOf(browser, demo, 'Abbruch');
  await reviewKey(page, wanted);
  await noNewDataKeys(demo, wanted.accountId);
  await page.getByRole('button', { name: 'Proceed' }).click();
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  await expect(page.getByText(/^Activation failed/).first()).toBeVisible({ timeout: 90_000 });
  await seeEverywhere(browser, demo, { ...world, keyUrl: page.url(), tenantId: tenant.id }, 'activation failed', page);
  await customer(demo).faults();
  await page.context().close();
  await removeTenant('Abbruch');
});

test('paused: a rotation that AWS held up', async ({ browser, demo }) => {
  const { tenant, page, wanted } = await customerOf(browser, demo, 'Pause');
  const keyUrl = await connectKey(page, wanted);
  await page.goto(`${keyUrl}/rotate`);
  await testConfiguration(page);
  await page.getByRole('button', { name: 'Rotate Key' }).click();
  const dialog = page.getByRole('alertdialog');
  const typed = dialog.getByLabel(/^Type /);
  if (await typed.isVisible()) await typed.fill(wanted.alias);
  await noNewDataKeys(demo, wanted.accountId);
  await dialog.getByRole('button', { name: 'Rotate Key' }).click();
  await page.waitForURL(keyUrl);
  await expect(page.getByText(/The rotation is stuck/).first()).toBeVisible({ timeout: 90_000 });
  await see(page, 'Key', 'rotation is stuck');
  await page.getByRole('button', { name: 'Pause', exact: true }).first().click();
  await expect(page.getByText(/Rotation paused/).first()).toBeVisible();
  await seeEverywhere(browser, demo, { ...world, keyUrl, tenantId: tenant.id }, 'paused', page);
  await customer(demo).faults();
  await page.context().close();
  await removeTenant('Pause');
});

test('scheduled, reverted, and no more than a draft', async ({ browser, demo }) => {
  const { page, wanted } = await customerOf(browser, demo, 'Termin');
  await connectKey(page, { ...wanted, from: '2036-03-31T09:00' });
  await expectStatus(page, 'Scheduled');
  await see(page, 'Key', 'scheduled');
  await page.context().close();
  await removeTenant('Termin');
  const admin = await openAs(browser, demo, 'admin');
  await admin.goto(`/enterprise-key/${world.draftId}`);
  await see(admin, 'Key', 'draft');
  await admin.context().close();
});

import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { createDraft } from './tasks/keys.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { signIn } from './tasks/sign-in.ts';
import { haveRoleAndKey } from './tasks/wizard.ts';

test.describe.configure({ mode: 'serial' });

let page: Page;
let tenant: OwnTenant;
const heading = (name: string) => page.getByRole('heading', { name, exact: true });
const next = () => page.getByRole('button', { name: 'Next', exact: true });

test.beforeAll(async ({ browser, demo }) => {
  tenant = await makeTenant('Ankunft', ['Ledger']);
  page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  await createDraft(page);
  await page.getByLabel('Alias', { exact: true }).fill('Arrives');
});
test.afterAll(async () => {
  await page?.context().close();
  await removeTenant('Ankunft');
});

test('Next pressed twice saves once and goes on by one step', async () => {
  const saves: string[] = [];
  const count = (request: { method(): string; url(): string }) => {
    if (request.method() === 'POST') saves.push(request.url());
  };
  page.on('request', count);
  await next().dblclick();
  await expect(heading('AWS')).toBeVisible();
  expect(saves).toHaveLength(1);
  page.off('request', count);
});

test('Next that cannot be saved says so, and stays', async () => {
  const names = {
    keyArn: 'arn:aws:kms:us-east-1:121212121212:key/0a1b2c3d-1111-4222-8333-444455556666',
    roleArn: 'arn:aws:iam::121212121212:role/BYOK_Role',
  };
  await haveRoleAndKey(page, names);
  await page.route('**/setup/aws**', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await next().click();
  await expect(page.getByRole('alert').filter({ hasText: /answer/ })).toBeVisible();
  await expect(heading('AWS')).toBeVisible();
  await page.unroute('**/setup/aws**');
});

test('Next arrives also where the router waits for an answer that never comes', async () => {
  // What the router itself asks for the next step is held back for good; what the browser asks for is not.
  await page.route('**/setup/test**', (route) =>
    route.request().resourceType() === 'document' ? route.continue() : undefined,
  );
  await next().click();
  await expect(heading('Test')).toBeVisible({ timeout: 45_000 });
  await page.unroute('**/setup/test**');
});

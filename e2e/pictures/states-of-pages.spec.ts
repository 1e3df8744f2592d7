import { customer } from '../tasks/customer.ts';
import { makeTenant, removeTenant } from '../tasks/own-tenant.ts';
import { openAs, people } from '../tasks/people.ts';
import { withDatabase } from '../tasks/places.ts';
import { openFor, see } from './states.ts';
import { expect, test } from './test.ts';
import { type Acme, acme, askUntil } from './world.ts';

let world: Acme;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  world = await acme(browser, demo);
});
test.afterEach(({ demo }) => customer(demo).faults());

test('empty: a tenant without apps and keys, and searches that find nothing', async ({ browser, demo }) => {
  const tenant = await makeTenant('Leer', []);
  for (const [who, email] of Object.entries({ administrator: tenant.admin, viewer: tenant.viewer })) {
    const page = await openFor(browser, demo, email);
    for (const screen of ['/enterprise-key', '/apps', '/history?operation=rotate-key']) {
      await page.goto(screen);
      await see(page, screen.replace(/\?.*/, ''), `empty, ${who}`);
    }
    await page.context().close();
  }
  const operator = await openAs(browser, demo, 'operator');
  for (const screen of ['/tenants', '/tokens', '/vendor-history?operation=pause-move']) {
    await operator.goto(screen.includes('?') ? screen : `${screen}?q=no-such-thing`);
    await see(operator, screen.replace(/\?.*/, ''), 'nothing found');
  }
  await operator.context().close();
  await removeTenant('Leer');
});

test('loading: a test that runs, a check that is asked for, a page that is on its way', async ({ browser, demo }) => {
  await askUntil(browser, demo, world, 'Healthy');
  const page = await openAs(browser, demo, 'admin');
  await page.goto(`/enterprise-key/${world.draftId}/setup/test`);
  await customer(demo).faults({ kind: 'hold', accountId: world.accountId });
  await page.getByRole('button', { name: 'Test Configuration' }).click();
  await expect(page.getByText(/^(Running|Waiting for AWS)$/).first()).toBeVisible({ timeout: 30_000 });
  await see(page, 'Test', 'loading: the test runs');
  await customer(demo).faults();
  await expect(page.getByText(/^Last tested/)).toBeVisible({ timeout: 90_000 });

  await page.goto(world.keyUrl);
  await customer(demo).faults({ kind: 'hold', accountId: world.accountId });
  const checkNow = page.getByRole('button', { name: 'Check now' });
  await checkNow.click();
  await expect(checkNow).toHaveAttribute('aria-busy', 'true');
  await see(page, 'Key', 'loading: it is being checked');
  await customer(demo).faults();

  // The network holds back what the next page is made of.
  const held = Promise.withResolvers<void>();
  await page.route(/[?&]_rsc=/, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'History' }).click();
  await see(page, 'Key', 'loading: History is on its way');
  held.resolve();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().close();
});

test('expired session: on an open page, and for the next one', async ({ browser, demo }) => {
  const page = await openFor(browser, demo, people.admin);
  await page.goto(world.keyUrl);
  await expect(page.getByText('acme-production').first()).toBeVisible();
  // This browser's session alone: nothing was done in it for longer than it lasts.
  await withDatabase((client) =>
    client.query(
      `UPDATE session SET last_seen_at = now() - interval '3 hours' WHERE id_hash =
       (SELECT id_hash FROM session ORDER BY created_at DESC LIMIT 1)`,
    ),
  );
  await expect(page.getByText('You are not signed in.').first()).toBeVisible({ timeout: 90_000 });
  await see(page, 'Key', 'expired session');
  await page.goto('/history');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await see(page, '/sign-in', 'expired session');
  await page.context().close();
});

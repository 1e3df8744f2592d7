import type { Page } from '@playwright/test';
import type { Demo } from '../fixtures.ts';
import { connectKey } from '../tasks/active-key.ts';
import { awsAccount } from '../tasks/aws-account.ts';
import { createDraft } from '../tasks/keys.ts';
import { makeTenant, type OwnTenant, removeTenant } from '../tasks/own-tenant.ts';
import { withDatabase } from '../tasks/places.ts';
import { signIn } from '../tasks/sign-in.ts';
import { twoLooks } from './look.ts';
import { pages, type World } from './pages.ts';
import { seePage } from './see.ts';
import { test } from './test.ts';

const ofAdmin = pages.filter(({ person }) => person === 'admin');
const ofSupport = pages.filter(({ person, ofTenant }) => person === 'support' && ofTenant);

test.describe('10,000 rows', () => {
  test.setTimeout(600_000);
  const name = 'Riesig';

  test.afterAll(async () => {
    await withDatabase((client) => client.query(`DELETE FROM tenant WHERE name LIKE 'Customer 0%'`));
    await removeTenant(name);
  });

  test('apps, history and tenants', async ({ browser, demo }) => {
    const tenant = await makeTenant(name, ['Front desk']);
    await withDatabase((client) =>
      client.query(
        `INSERT INTO app (id, tenant_id, kind, name)
         SELECT gen_random_uuid(), $1, 'bot', 'Bot ' || lpad(n::text, 5, '0') FROM generate_series(1, 9999) n`,
        [tenant.id],
      ),
    );
    const page = await (await browser.newContext({ baseURL: demo.url })).newPage();
    await signIn(page, demo, tenant.admin);
    const world = await connected(page, demo, tenant, { alias: 'riesig-production', only: ['Bot 00001'] });
    await withDatabase(async (client) => {
      // The tenant's own events, again and again, each a minute before the one above it.
      await client.query(
        `INSERT INTO audit_event (at, tenant_id, actor, actor_role, operation, outcome, code, target, before, after, request_id, id)
         SELECT at - n * interval '1 minute', tenant_id, actor, actor_role, operation, outcome, code, target, before, after,
                request_id, gen_random_uuid()
         FROM audit_event, generate_series(1, 10000) n WHERE tenant_id = $1 ORDER BY n LIMIT 10000`,
        [tenant.id],
      );
      await client.query(
        `INSERT INTO tenant (id, name, home_region, external_id)
         SELECT gen_random_uuid(), 'Customer ' || lpad(n::text, 5, '0'), 'us-east-1', 'kw_customer-for-pictures-only-' || n
         FROM generate_series(1, 9999) n`,
      );
    });
    const withRows = ofAdmin.filter(
      ({ screen }) => !/\/setup\/|account/.test(screen) || /\/(apps|schedule)$/.test(screen),
    );
    for (const one of [...withRows, ...ofSupport])
      await seePage(browser, demo, one, world, {
        chapter: 'Large',
        state: '10,000 rows',
        looks: twoLooks,
        ...(one.person === 'admin' ? { on: page } : {}),
      });
    await page.context().close();
  });
});

test.describe('long names', () => {
  test.setTimeout(600_000);
  // As long as each may be, and without a space at which a line could end.
  const village = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';
  const name = `${village}.Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauer`.slice(0, 120);
  const appNames = [1, 2, 3].map((n) => `${n}${village}${village}`.padEnd(120, 'o'));

  test.afterAll(() => removeTenant(name));

  test('tenant, people, apps and keys', async ({ browser, demo }) => {
    const tenant = await makeTenant(name, appNames);
    const page = await (await browser.newContext({ baseURL: demo.url })).newPage();
    await signIn(page, demo, tenant.admin);
    const world = await connected(page, demo, tenant, { alias: `${village}ogogog` });
    for (const one of [...ofAdmin, ...ofSupport])
      await seePage(browser, demo, one, world, {
        chapter: 'Large',
        state: 'long names',
        looks: twoLooks,
        ...(one.person === 'admin' ? { on: page } : {}),
      });
    await page.context().close();
  });
});

/** A key of the tenant's, and a draft beside it. */
async function connected(
  page: Page,
  demo: Demo,
  tenant: OwnTenant,
  wanted: { alias: string; only?: readonly string[] },
): Promise<World> {
  const aws = awsAccount(demo);
  await aws.open();
  const roleArn = await aws.makeRole('Role', tenant);
  const keyArn = await aws.makeKey('Role', tenant);
  const keyUrl = await connectKey(page, { ...wanted, accountId: aws.accountId, keyArn, roleArn });
  const draftId = await createDraft(page);
  return {
    tenantId: tenant.id,
    keyId: keyUrl.split('/').at(-1) ?? '',
    draftId,
    appId: tenant.apps[0]?.id ?? '',
  };
}

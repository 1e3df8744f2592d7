import { awsAccount } from '../tasks/aws-account.ts';
import { everyLook, twoLooks } from './look.ts';
import { pages } from './pages.ts';
import { seePage } from './see.ts';
import { test } from './test.ts';
import { type Acme, acme, askUntil } from './world.ts';

let world: Acme;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  world = await acme(browser, demo);
});

test.describe('as it should be', () => {
  for (const page of pages)
    test(`${page.screen}`, async ({ browser, demo }) => {
      await seePage(browser, demo, page, world, { chapter: 'Normal', state: 'normal', looks: everyLook });
    });
});

test.describe('for a viewer', () => {
  for (const page of pages.filter(({ person }) => person === 'admin'))
    test(`${page.screen}`, async ({ browser, demo }) => {
      // What a viewer may not see says so, and is a screen like any other.
      await seePage(browser, demo, page, world, { chapter: 'Viewer', state: 'viewer', looks: twoLooks, as: 'viewer' });
    });
});

test.describe('revoked', () => {
  test.beforeAll(async ({ browser, demo }) => {
    test.setTimeout(240_000);
    await awsAccount(demo, world.accountId).disableKey(world.keyArn);
    await askUntil(browser, demo, world, 'Revoked');
  });
  test.afterAll(async ({ browser, demo }) => {
    await awsAccount(demo, world.accountId).enableKey(world.keyArn);
    await askUntil(browser, demo, world, 'Healthy');
  });

  for (const page of pages.filter(({ ofTenant }) => ofTenant))
    test(`${page.screen}`, async ({ browser, demo }) => {
      await seePage(browser, demo, page, world, { chapter: 'Revoked', state: 'revoked', looks: everyLook });
    });
});

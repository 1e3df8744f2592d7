import { awsAccount } from '../tasks/aws-account.ts';
import { customer } from '../tasks/customer.ts';
import { openAs } from '../tasks/people.ts';
import { see, seeEverywhere } from './states.ts';
import { expect, test } from './test.ts';
import { type Acme, acme, askUntil, lookBack } from './world.ts';

let world: Acme;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  world = await acme(browser, demo);
});
test.afterEach(({ demo }) => customer(demo).faults());

test('outage: AWS does not answer', async ({ browser, demo }) => {
  // An outage does not undo a revocation: it is one of a key that answered.
  await askUntil(browser, demo, world, 'Healthy');
  const outage = { kind: 'error', name: 'KMSInternalException', status: 500, accountId: world.accountId };
  await customer(demo).faults(outage);
  await askUntil(browser, demo, world, 'Outage');
  await seeEverywhere(browser, demo, world, 'outage');
  await customer(demo).faults();
  await askUntil(browser, demo, world, 'Healthy');
});

test('degraded: a key that answers again', async ({ browser, demo }) => {
  const aws = awsAccount(demo, world.accountId);
  await aws.disableKey(world.keyArn);
  await askUntil(browser, demo, world, 'Revoked');
  await aws.enableKey(world.keyArn);
  await askUntil(browser, demo, world, 'Degraded');
  // The answer after it would heal the key while it is looked at: it comes late.
  await customer(demo).faults({ kind: 'hold', accountId: world.accountId });
  await seeEverywhere(browser, demo, world, 'degraded');
  await customer(demo).faults();
  await askUntil(browser, demo, world, 'Healthy');
});

test('not checked: a key that was not asked for 23 minutes', async ({ browser, demo }) => {
  await lookBack(world, 23);
  const page = await openAs(browser, demo, 'viewer');
  await page.goto(world.keyUrl);
  await expect(page.getByText('Not checked for 23 min').first()).toBeVisible();
  await see(page, 'Key', 'not checked');
  await page.context().close();
});

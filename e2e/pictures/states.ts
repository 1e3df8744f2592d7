/** What the tests of states have in common: their pictures, people, customers and what happens to a customer's AWS. */
import type { Browser, Page } from '@playwright/test';
import type { Demo } from '../fixtures.ts';
import { awsAccount } from '../tasks/aws-account.ts';
import { customer } from '../tasks/customer.ts';
import { makeTenant, type OwnTenant } from '../tasks/own-tenant.ts';
import { openAs } from '../tasks/people.ts';
import { withDatabase } from '../tasks/places.ts';
import { signIn } from '../tasks/sign-in.ts';
import { look } from './look.ts';
import type { Acme } from './world.ts';

export function see(page: Page, screen: string, state: string): Promise<void> {
  return look(page, { chapter: 'States', screen, state });
}

/** Where a key's state is told: to its tenant, and to the vendor. */
export async function seeEverywhere(
  browser: Browser,
  demo: Demo,
  { keyUrl, tenantId }: Pick<Acme, 'keyUrl' | 'tenantId'>,
  state: string,
  admin?: Page,
): Promise<void> {
  const page = admin ?? (await openAs(browser, demo, 'admin'));
  await page.goto(keyUrl);
  await see(page, 'Key', state);
  await page.goto('/enterprise-key');
  await see(page, '/enterprise-key', state);
  if (!admin) await page.context().close();
  const support = await openAs(browser, demo, 'support');
  await support.goto('/tenants');
  await see(support, '/tenants', state);
  await support.goto(`/tenants/${tenantId}`);
  await see(support, '/tenants/[tenantId]', state);
  await support.context().close();
}

export async function openFor(browser: Browser, demo: Demo, email: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, email);
  return page;
}

/** A tenant of its own with an account in AWS, whose administrator is about to connect a key. */
export async function customerOf(browser: Browser, demo: Demo, name: string) {
  const tenant: OwnTenant = await makeTenant(name, ['Imports', 'Exports', 'Latex']);
  const aws = awsAccount(demo);
  await aws.open();
  const roleArn = await aws.makeRole('Role', tenant);
  const keyArn = await aws.makeKey('Role', tenant);
  const alias = `${name.toLowerCase()}-production`;
  return {
    tenant,
    page: await openFor(browser, demo, tenant.admin),
    wanted: { alias, accountId: aws.accountId, keyArn, roleArn },
  };
}

/** What is there can be opened, and nothing new can be made. */
export function noNewDataKeys(demo: Demo, accountId: string) {
  const fault = { kind: 'error', name: 'KMSInternalException', status: 500, action: 'GenerateDataKey', accountId };
  return customer(demo).faults(fault);
}

/** Somebody else holds a table, so that nobody reads it. */
export async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
  await withDatabase(async (client) => {
    await client.query(`BEGIN; LOCK TABLE ${table}`);
    await work().finally(() => client.query('ROLLBACK'));
  });
}

import type { Page } from '@playwright/test';
import { openAs } from '../tasks/people.ts';
import { openSheet, openStep, setThemUp } from '../tasks/wizard.ts';
import { look } from './look.ts';
import { expect, test } from './test.ts';
import { type Acme, acme } from './world.ts';

type Opened = {
  title: string;
  person?: 'support' | 'operator';
  /** What a person does until it stands on the screen. */
  open: (page: Page, world: Acme) => Promise<unknown>;
};

const sheets = ['Policy options', 'Check a policy', 'Limit by address'] as const;
const guideSteps = ['1. IAM', '2. KMS key', '3. IAM policy'] as const;

const things: readonly Opened[] = [
  ...guideSteps.map((name) => ({
    title: `AWS, set up: ${name}`,
    async open(page: Page, world: Acme) {
      await setUp(page, world);
      await openStep(page, name);
    },
  })),
  ...sheets.map((name) => ({
    title: `AWS: ${name}`,
    async open(page: Page, world: Acme) {
      await setUp(page, world);
      await openSheet(page, name);
    },
  })),
  {
    title: 'Time Zone',
    async open(page, { draftId }) {
      await page.goto(`/enterprise-key/${draftId}/setup/schedule`);
      await page.getByLabel('At a date and time').check();
      await page.getByRole('combobox', { name: 'Time Zone' }).fill('america');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    title: 'Key: More actions',
    async open(page, { keyUrl }) {
      await page.goto(keyUrl);
      await page.getByRole('button', { name: 'More actions' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    title: 'Validation: a report',
    async open(page, { keyUrl }) {
      await page.goto(`${keyUrl}/validation`);
      await page.getByRole('button', { name: 'Validate', exact: true }).click();
      await expect(page.getByRole('table')).toBeVisible({ timeout: 60_000 });
    },
  },
  {
    title: 'History: one event',
    async open(page) {
      await page.goto('/history');
      await page.getByRole('region', { name: 'Events' }).getByRole('link').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  {
    title: 'History: Person',
    async open(page) {
      await page.goto('/history');
      await page.getByRole('combobox', { name: 'Person' }).click();
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    title: 'History: Date',
    async open(page) {
      await page.goto('/history');
      await page.getByRole('button', { name: 'Date' }).click();
      await expect(page.getByRole('button', { name: 'Last 7 days' })).toBeVisible();
    },
  },
  {
    title: 'Search',
    async open(page) {
      await page.goto('/apps');
      await page.getByRole('combobox', { name: 'Search', exact: true }).click();
      await page.getByRole('combobox', { name: 'Search keys, apps and pages' }).fill('acme');
      await expect(page.getByRole('option', { name: /acme-production/ })).toBeVisible();
    },
  },
  {
    title: 'Account menu',
    async open(page) {
      await page.goto('/apps');
      await page.getByRole('button', { name: /^Account: / }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  {
    title: 'Glossary',
    async open(page) {
      await page.goto('/apps');
      await page.getByRole('button', { name: /^Account: / }).click();
      await page.getByRole('menuitem', { name: 'Glossary' }).click();
      await expect(page.getByRole('dialog', { name: 'Glossary' })).toBeVisible();
    },
  },
  {
    title: 'Tenants: Search',
    person: 'support',
    async open(page) {
      await page.goto('/tenants');
      await page.getByRole('combobox', { name: 'Search', exact: true }).click();
      await page.getByRole('combobox', { name: 'Search tenants and pages' }).fill('GLOB');
      await expect(page.getByRole('option', { name: /^Globex/ })).toBeVisible();
    },
  },
];

let world: Acme;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  world = await acme(browser, demo);
});

for (const { title, person = 'admin', open } of things)
  test(title, async ({ browser, demo }) => {
    const page = await openAs(browser, demo, person);
    await open(page, world);
    await expect(page.locator('[aria-busy=true]'), 'nothing is on its way').toHaveCount(0, { timeout: 60_000 });
    await look(page, { chapter: 'Opened', screen: title, state: 'open' });
    await page.context().close();
  });

/** Nothing is saved by it: the draft goes on with role and key that are there. */
async function setUp(page: Page, { draftId, accountId }: Acme): Promise<void> {
  await page.goto(`/enterprise-key/${draftId}/setup/aws`);
  await setThemUp(page, { accountId });
}

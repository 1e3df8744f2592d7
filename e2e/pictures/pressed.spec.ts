import type { Page } from '@playwright/test';
import { testConfiguration } from '../tasks/active-key.ts';
import { openAs } from '../tasks/people.ts';
import { look } from './look.ts';
import { pressAct } from './press-act.ts';
import { expect, test } from './test.ts';
import { type Acme, acme } from './world.ts';

type Dialog = {
  title: string;
  person?: 'operator';
  /** What a person does until it stands on the screen. */
  open: (page: Page, world: Acme) => Promise<unknown>;
};

const dialogs: readonly Dialog[] = [
  { title: 'Edit Details', open: (page, { keyUrl }) => pressAct(page, keyUrl, 'Edit Details') },
  { title: 'Revert to None', open: (page, { keyUrl }) => pressAct(page, keyUrl, 'Revert to None') },
  {
    title: 'Make This Key Irreversible',
    async open(page, { keyUrl }) {
      await page.goto(`${keyUrl}/settings`);
      await page.getByRole('button', { name: 'Make This Key Irreversible' }).click();
    },
  },
  { title: 'Delete Key', open: (page, { draftId }) => pressAct(page, `/enterprise-key/${draftId}`, 'Delete Key') },
  { title: 'Rekey', open: (page, { keyUrl }) => pressAct(page, keyUrl, 'Rekey Agent desktop') },
  {
    title: 'Open recent records',
    open: (page, { keyUrl }) => pressAct(page, keyUrl, 'Open recent records of Agent desktop'),
  },
  {
    title: 'Rotate Key',
    async open(page, { keyUrl }) {
      await page.goto(`${keyUrl}/rotate`);
      await testConfiguration(page);
      await page.getByRole('button', { name: 'Rotate Key' }).click();
    },
  },
  {
    title: 'Update Apps',
    async open(page, { keyUrl }) {
      await page.goto(`${keyUrl}/apps/change`);
      await page.getByRole('checkbox', { name: 'Agent desktop' }).uncheck();
      await page.getByRole('button', { name: 'Update Apps' }).click();
    },
  },
  {
    title: 'Another key for an app',
    async open(page, { appId }) {
      await page.goto(`/apps/${appId}`);
      await page.getByLabel('Key', { exact: true }).selectOption({ label: 'Platform key' });
      await page.getByRole('button', { name: 'Save' }).click();
    },
  },
  {
    title: 'Delete draft',
    async open(page, { draftId }) {
      await page.goto(`/enterprise-key/${draftId}/setup/provider`);
      await page.getByRole('button', { name: 'Delete draft' }).click();
    },
  },
  {
    title: 'Leave without saving',
    async open(page, { draftId }) {
      await page.goto(`/enterprise-key/${draftId}/setup/provider`);
      await page.getByLabel('Description').fill('Not saved yet.');
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'History' }).click();
    },
  },
  {
    title: 'Revoke token',
    person: 'operator',
    async open(page) {
      await page.goto('/tokens');
      await page
        .getByRole('button', { name: /^Revoke / })
        .first()
        .click();
    },
  },
];

let world: Acme;

test.beforeAll(async ({ browser, demo }) => {
  test.setTimeout(240_000);
  world = await acme(browser, demo);
});

for (const { title, person = 'admin', open } of dialogs)
  test(title, async ({ browser, demo }) => {
    const page = await openAs(browser, demo, person);
    await open(page, world);
    const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog')).first();
    await expect(dialog).toBeVisible();
    // The dry run has answered: what it says may make the dialog longer.
    await expect(dialog.locator('[aria-busy=true]')).toHaveCount(0);
    await look(page, { chapter: 'Dialogs', screen: title, state: 'dialog' });
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    const isLost = () => page.evaluate(() => document.activeElement === document.body);
    await expect.poll(isLost, 'the focus is lost with the dialog').toBe(false);
    await page.context().close();
  });

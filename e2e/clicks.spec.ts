import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { check, expectStatus } from './tasks/active-key.ts';
import { awsAccount } from './tasks/aws-account.ts';
import { createDraft, deleteDraft } from './tasks/keys.ts';
import { makeTenant, type OwnTenant, removeTenant } from './tasks/own-tenant.ts';
import { signIn } from './tasks/sign-in.ts';
import { next } from './tasks/wizard.ts';

let tenant: OwnTenant;

test.beforeAll(async () => {
  tenant = await makeTenant('Kurzweg', ['Ledger', 'Mail']);
});
test.afterAll(() => removeTenant('Kurzweg'));

test('from Create Key to Active takes 14 clicks and 3 typed values, for who has role and key', async ({
  browser,
  demo,
}) => {
  test.setTimeout(180_000);
  const aws = awsAccount(demo);
  await aws.open();
  const roleArn = await aws.makeRole('KurzRole', tenant);
  const keyArn = await aws.makeKey('KurzRole', tenant);
  const page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  await page.goto('/enterprise-key');
  const hand = handOn(page);

  await hand.click(page.getByRole('button', { name: 'Create Key' }));
  await expect(heading(page, 'Provider')).toBeFocused();
  await expectFewWords(page);
  await hand.type(page.getByLabel('Alias'), 'kurzweg-production');
  await hand.next('AWS');
  await hand.click(page.getByLabel('I have role and key already'));
  await hand.type(page.getByLabel('Provider ARN'), keyArn);
  await hand.type(page.getByLabel('Role ARN'), roleArn);
  await hand.next('Test');
  await hand.click(page.getByRole('button', { name: 'Test Configuration' }));
  await expect(check(page, 'Context')).toContainText('Passed', { timeout: 60_000 });
  await expect(heading(page, 'It works. 9 of 9 checks passed.')).toBeVisible();
  await hand.next('When and what');
  await hand.click(page.getByLabel('Now', { exact: true }));
  await hand.next('Review');
  await hand.click(page.getByRole('button', { name: 'Proceed' }));
  await page.waitForURL(/\/enterprise-key\/[0-9a-f-]{36}$/);
  await expectStatus(page, 'Active');

  expect(hand.clicks()).toBeLessThanOrEqual(14);
  expect(hand.values()).toBeLessThanOrEqual(3);
  await page.context().close();
});

test('no step has more than 400 words as it opens, also where role and key, or user and key, are set up here', async ({
  browser,
  demo,
}) => {
  const page = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await signIn(page, demo, tenant.admin);
  const keyId = await createDraft(page);
  const modes = [
    { mode: 'AWS Assume Role (recommended)', opens: 'IAM role, with its trust policy' },
    { mode: 'Access Key', opens: 'IAM user, with its access key' },
  ];
  for (const { mode, opens } of modes) {
    await page.goto(`/enterprise-key/${keyId}/setup/provider`);
    await page.getByLabel('Authentication Mode').selectOption({ label: mode });
    await next(page, 'AWS');
    await expectFewWords(page);
    await page.getByLabel('Set them up with me').check();
    if (mode !== 'Access Key') await page.getByLabel('AWS Account ID').fill('777712345678');
    await expect(page.getByRole('button', { name: `Verify ${opens}` })).toBeVisible();
    await expectFewWords(page);
  }
  await page.goto(`/enterprise-key/${keyId}/setup/review`);
  await expect(heading(page, 'Review')).toBeVisible();
  await expectFewWords(page);
  await deleteDraft(page, keyId);
  await page.context().close();
});

/** What is folded is not read, and what a list offers is searched. */
async function expectFewWords(page: Page): Promise<void> {
  const count = await page.getByRole('main').evaluate((main) => {
    const shown = main.cloneNode(true) as HTMLElement;
    const folded = [...shown.querySelectorAll('details:not([open]) > :not(summary)')];
    for (const element of [...folded, ...shown.querySelectorAll('select, script')]) element.remove();
    const texts = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    let words = 0;
    while (texts.nextNode())
      words += (texts.currentNode.nodeValue ?? '').split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length;
    return words;
  });
  expect(count).toBeLessThanOrEqual(400);
  expect(count).toBeGreaterThan(10);
}

/** A mouse and a keyboard that count: each press, also the one that a field is entered by, and each value. */
function handOn(page: Page) {
  let clicks = 0;
  let values = 0;
  async function click(target: Locator): Promise<void> {
    await target.click();
    clicks += 1;
  }
  return {
    click,
    async type(field: Locator, text: string): Promise<void> {
      await click(field);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(text);
      await expect(field).toHaveValue(text);
      values += 1;
    },
    async next(title: string): Promise<void> {
      await click(page.getByRole('button', { name: 'Next', exact: true }));
      await expect(heading(page, title)).toBeFocused();
      await expectFewWords(page);
    },
    clicks: () => clicks,
    values: () => values,
  };
}

function heading(page: Page, name: string): Locator {
  return page.getByRole('heading', { name, exact: true });
}

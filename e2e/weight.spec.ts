import type { Browser } from '@playwright/test';
import { type Demo, expect, test } from './fixtures.ts';
import { createDraft, deleteDraft, type KeyAnswer, keysOnList, readKey } from './tasks/keys.ts';
import { openAs, type Person } from './tasks/people.ts';
import { addresses } from './tasks/places.ts';
import { type Weight, weigh } from './tasks/weigh.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** The most that any page may weigh. Bytes of scripts are those that come over the wire, compressed. */
const budget = { scripts: 250_000, fonts: 60_000, shift: 0.02 } as const satisfies Partial<Weight>;

const sizes = { wide: { width: 1280, height: 900 }, narrow: { width: 360, height: 780 } } as const;

/** Who looks at a page: the first line that fits. */
const readers: { pages: RegExp; person: Person | 'nobody' }[] = [
  { pages: /^\/sign-in/, person: 'nobody' },
  { pages: /^\/(tenants|tokens|vendor-history)/, person: 'operator' },
  { pages: /^\//, person: 'otherAdmin' },
];

/** What is sent as a file or to a program is no page, and these only lead to one. */
const noPage = /^\/api\/|\/export\.|\/hand-over$|^\/$|\/setup$|\/setup\/(prepare|connect|date|apps)$/;

let pages: { address: string; person: Person | 'nobody' }[] = [];
let draft = '';

test.beforeAll(async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'otherAdmin');
  let active: KeyAnswer | undefined;
  for (const keyId of await keysOnList(page)) {
    const key = await readKey(page, keyId);
    if (key.status === 'active') active = key;
  }
  if (!active) throw new Error('The demo has no active key.');
  draft = await createDraft(page);
  await page.getByLabel('Alias').fill('weighed');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'AWS', exact: true })).toBeFocused();
  // With an account the step shows all that there is to do.
  await page.getByLabel('Set them up with me').check();
  await page.getByLabel('AWS Account ID').fill('111122223333');
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText('Draft saved')).toBeVisible();
  await page.context().close();
  pages = addresses({ keys: [active.id], wizard: [draft], appId: active.apps[0]?.id, tenant: active.tenant.id })
    .filter((address) => !noPage.test(address))
    .map((address) => ({ address, person: readers.find((one) => one.pages.test(address))?.person ?? 'nobody' }));
});
test.afterAll(async ({ browser, demo }) => {
  const page = await openAs(browser, demo, 'otherAdmin');
  await deleteDraft(page, draft);
  await page.context().close();
});

for (const [size, viewport] of Object.entries(sizes)) {
  test(`no page outweighs its budget, and none moves while it comes, ${size}`, async ({ browser, demo }) => {
    const over: string[] = [];
    const table: string[] = [];
    for (const { address, person } of pages) {
      const weight = await weighAs(browser, demo, person, address, viewport);
      expect(weight.uncompressed, `scripts of ${address} that were not compressed`).toEqual([]);
      expect(weight.scripts, `scripts of ${address}`).toBeGreaterThan(0);
      const words = `${address.replace(/[0-9a-f-]{36}/, '…')}: scripts ${weight.scripts}, fonts ${weight.fonts}, shift ${weight.shift.toFixed(4)}`;
      table.push(words);
      if (isOver(weight)) over.push(words, ...(weight.shift > budget.shift ? weight.moved : []));
    }
    await test.info().attach(`weights-${size}.txt`, { body: table.join('\n'), contentType: 'text/plain' });
    if (process.env.KEYWARD_E2E_WEIGHTS) console.log(`${size}\n${table.join('\n')}`);
    expect(over, `over ${JSON.stringify(budget)}`).toEqual([]);
  });
}

test('a page over its budget is noticed', () => {
  const light: Weight = {
    scripts: budget.scripts,
    fonts: budget.fonts,
    shift: budget.shift,
    moved: [],
    uncompressed: [],
  };
  expect(isOver(light)).toBe(false);
  for (const name of Object.keys(budget) as (keyof typeof budget)[])
    expect(isOver({ ...light, [name]: budget[name] * 1.01 })).toBe(true);
});

function isOver(weight: Weight): boolean {
  return (Object.keys(budget) as (keyof typeof budget)[]).some((name) => weight[name] > budget[name]);
}

async function weighAs(
  browser: Browser,
  demo: Demo,
  person: Person | 'nobody',
  address: string,
  viewport: { width: number; height: number },
): Promise<Weight> {
  const page =
    person === 'nobody'
      ? await (await browser.newContext({ baseURL: demo.url })).newPage()
      : await openAs(browser, demo, person);
  await page.setViewportSize(viewport);
  const weight = await weigh(page, address);
  await page.context().close();
  return weight;
}

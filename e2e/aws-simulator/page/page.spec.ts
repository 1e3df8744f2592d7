import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { type RunningSimulator, startSimulator } from '../server.ts';
import { ACME_ACCOUNT_ID, GLOBEX_ACCOUNT_ID } from '../world-defaults.ts';

let simulator: RunningSimulator;
let keyId: string;

test.beforeEach(async ({ page }) => {
  simulator = await startSimulator();
  const response = await fetch(`${simulator.url}/_sim/ready-account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ accountId: ACME_ACCOUNT_ID, region: 'us-east-1' }),
  });
  ({ keyId } = (await response.json()) as { keyId: string });
  await page.goto(`${simulator.url}/?account=${ACME_ACCOUNT_ID}`);
});
test.afterEach(() => simulator.close());

test('the customer disables, enables and deletes a key', async ({ page }) => {
  const key = page.getByRole('region', { name: /alias\/byok-prod/ });
  await key.getByRole('button', { name: 'Disable' }).click();
  await expect(key.getByText('The key is disabled.')).toBeVisible();
  await expect(key.getByRole('heading', { name: 'Disabled' })).toBeVisible();
  await expect(key.getByRole('button', { name: 'Disable' })).toBeDisabled();
  await key.getByRole('button', { name: 'Enable' }).click();
  await expect(key.getByRole('heading', { name: 'Enabled' })).toBeVisible();
  await key.getByRole('button', { name: 'Schedule deletion' }).click();
  await expect(key.getByRole('heading', { name: 'PendingDeletion' })).toBeVisible();
  await key.getByRole('button', { name: 'Cancel deletion' }).click();
  await expect(key.getByRole('heading', { name: 'Disabled' })).toBeVisible();
  await expect(page.getByRole('row', { name: /ScheduleKeyDeletion/ })).toBeVisible();
});

test('the customer applies policies, and reads beside the form why one is refused', async ({ page }) => {
  const role = page.getByRole('region', { name: 'Role BYOK_Role' });
  const trust = role.getByLabel('Trust policy');
  const good = JSON.parse(await trust.inputValue());
  await trust.fill('{"Version":"2012-10-17","Statement":[],"Extra":1}');
  await role.getByRole('button', { name: 'Apply trust policy' }).click();
  await expect(role.getByText('MalformedPolicyDocument')).toBeVisible();
  good.Statement[0].Condition = { StringEquals: { 'sts:ExternalId': 'ours' } };
  await trust.fill(JSON.stringify(good));
  await role.getByRole('button', { name: 'Apply trust policy' }).click();
  await expect(role.getByText('Trust policy applied.')).toBeVisible();
  await expect(role.getByText('MalformedPolicyDocument')).toHaveCount(0);
  await page.reload();
  await expect(trust).toHaveValue(/sts:ExternalId/);
});

test('the customer creates an account, a role, a key and an alias, by keyboard', async ({ page }) => {
  await page.getByLabel('AWS account ID').fill(GLOBEX_ACCOUNT_ID);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/?account=${GLOBEX_ACCOUNT_ID}`);
  for (const name of ['Create role', 'Create key']) {
    await page.locator('summary', { hasText: name }).press('Enter');
    await page.getByRole('button', { name }).press('Enter');
  }
  await expect(page.getByRole('region', { name: 'Role BYOK_Role' })).toBeVisible();
  await expect(page.getByText('The key is there.')).toBeVisible();
  // What somebody has begun to write elsewhere stays when a list grows.
  await expect(page.locator('#create-role')).toBeVisible();
  await page.locator('summary', { hasText: 'Create alias' }).press('Enter');
  await page.getByLabel('Alias name').fill('alias/mine');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Key alias/mine' })).toBeVisible();
});

test('links of the AWS console lead to the role or key that they name', async ({ page }) => {
  for (const [path, id] of [
    [`/?account=${ACME_ACCOUNT_ID}&role=BYOK_Role`, 'role-BYOK_Role'],
    [`/?account=${ACME_ACCOUNT_ID}&region=us-east-1&key=${keyId}`, `key-${keyId}`],
    ['/iam/home#/roles/details/BYOK_Role', 'role-BYOK_Role'],
    [`/kms/home?region=us-east-1#/kms/keys/${keyId}`, `key-${keyId}`],
  ]) {
    await page.goto(`${simulator.url}${path}`);
    await expect(page.locator(`#${id}`)).toBeFocused();
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in ${colorScheme}, and 320 px are enough`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
}

test('the customer makes a user with an access key, whose secret is shown once, and deactivates it', async ({
  page,
}) => {
  await page.locator('summary', { hasText: 'Create user' }).click();
  await page.getByLabel('User name').fill('keyward');
  await page.getByRole('button', { name: 'Create user' }).click();
  const user = page.getByRole('region', { name: 'User keyward' });
  await user.getByRole('button', { name: 'Create access key of keyward' }).click();
  await expect(user.getByText(/AccessKeyId: AKIA\w+; SecretAccessKey: \S{40}; /)).toBeVisible();
  await user.getByRole('button', { name: /^Deactivate AKIA/ }).click();
  await expect(user.getByText('The access key is inactive.')).toBeVisible();
  await expect(user.getByRole('button', { name: /^Activate AKIA/ })).toBeVisible();
  await page.reload();
  await expect(page.getByText('SecretAccessKey')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});

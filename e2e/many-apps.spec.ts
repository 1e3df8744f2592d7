import { expect, test } from './fixtures.ts';
import { withDatabase } from './tasks/places.ts';
import { signIn } from './tasks/sign-in.ts';

const email = 'admin@initech.example';

test.beforeAll(async () => {
  await remove();
  await withDatabase(async (client) => {
    await client.query(
      `INSERT INTO tenant (id, name, home_region, external_id) VALUES (gen_random_uuid(), 'Initech', 'us-east-1', 'kw_initech-for-tests-only-0000000000')`,
    );
    await client.query(`INSERT INTO app (id, tenant_id, kind, name)
      SELECT gen_random_uuid(), t.id, 'bot', 'Bot ' || lpad(n::text, 5, '0') FROM tenant t, generate_series(1, 10000) n WHERE t.name = 'Initech'`);
    await client.query(
      `INSERT INTO "user" (id, email, password_hash, role, tenant_id)
       SELECT gen_random_uuid(), $1, u.password_hash, 'admin', t.id FROM "user" u, tenant t WHERE u.email = 'admin@acme.example' AND t.name = 'Initech'`,
      [email],
    );
  });
});
test.afterAll(remove);

test('an administrator of 10,000 apps chooses among them, with fewer than 200 rows in the page', async ({
  page,
  demo,
}) => {
  await signIn(page, demo, email);
  await page.getByRole('button', { name: 'Create Key' }).click();
  await page.waitForURL(/\/setup\/provider$/);
  await page.goto(page.url().replace(/provider$/, 'apps'));
  await expect(page).toHaveURL(/\/setup\/schedule$/);
  await page.getByLabel('Now', { exact: true }).check();
  await expect(page.getByText('10,000 of 10,000 selected')).toBeVisible();
  expect(await page.getByRole('row').count()).toBeLessThan(200);
  await page.getByLabel('Search apps and bots').fill('Bot 0999');
  await expect(page.getByRole('row')).toHaveCount(11);
  await page.getByRole('button', { name: 'Deselect all matching' }).click();
  await expect(page.getByText('9,990 of 10,000 selected')).toBeVisible();
  await page.getByRole('button', { name: 'Save Draft' }).click();
  await expect(page.getByText(/Draft saved/)).toBeVisible();
  await page.reload();
  await expect(page.getByText('9,990 of 10,000 selected')).toBeVisible();
});

async function remove(): Promise<void> {
  await withDatabase(async (client) => {
    const of = `(SELECT id FROM tenant WHERE name = 'Initech')`;
    for (const table of ['enterprise_key', 'app', '"user"'])
      await client.query(`DELETE FROM ${table} WHERE tenant_id IN ${of}`);
    await client.query(`DELETE FROM tenant WHERE name = 'Initech'`);
  });
}

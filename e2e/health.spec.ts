import { expect, test } from './fixtures.ts';

test('whoever asks for its health learns that it is well, and no more', async ({ request }) => {
  const response = await request.get('/api/health');
  expect(response.status()).toBe(200);
  const answer = await response.json();
  expect(answer).toMatchObject({ status: 'ok' });
  expect(Object.keys(answer).sort()).toEqual(['database', 'jobs', 'status', 'version']);
});

test('whoever has no session is asked to sign in', async ({ page }) => {
  await page.goto('/enterprise-key');
  await expect(page).toHaveURL(/\/sign-in/);
});

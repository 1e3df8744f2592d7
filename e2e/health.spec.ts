import { expect, test } from './fixtures.ts';

test('whoever asks for its health learns that it is well, and no more', async ({ request }) => {
  const response = await request.get('/api/health');
  expect(response.status()).toBe(200);
  const answer = await response.json();
  expect(answer).toMatchObject({ status: 'ok', jobs: 'ok' });
  expect(Object.keys(answer).sort()).toEqual(['database', 'jobs', 'status', 'version']);
});

test('whether the process is alive is told apart from that', async ({ request, demo }) => {
  for (const url of ['/api/health/live', `${demo.dataPlaneUrl}/health/live`]) {
    const response = await request.get(url);
    expect(response.status()).toBe(200);
    expect(Object.keys(await response.json()).sort()).toEqual(['status', 'version']);
  }
});

test('whoever has no session is asked to sign in', async ({ page }) => {
  await page.goto('/enterprise-key');
  await expect(page).toHaveURL(/\/sign-in/);
});

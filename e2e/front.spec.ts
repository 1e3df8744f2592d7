/** The front server before the real pages; what was tried against it alone is in lib/front/*.attacks.test.ts. */
import { connect } from 'node:net';
import { expect, test } from './fixtures.ts';
import { openAs } from './tasks/people.ts';

test('sign-in takes no body that is larger than a sign-in, and a server action none of nobody', async ({
  request,
  demo,
}) => {
  const headers = { origin: demo.url };
  const signIn = await request.post('/api/auth/callback/credentials', { headers, data: 'x'.repeat(17 * 1024) });
  expect(signIn.status()).toBe(413);
  const act = await request.post('/enterprise-key', {
    headers: { ...headers, 'next-action': '40' },
    data: 'x'.repeat(100_000),
  });
  expect(act.status()).toBe(401);
  const requestId = act.headers()['x-request-id'];
  expect(await act.json()).toMatchObject({ error: { code: 'unauthenticated', requestId } });
});

test('what a request says of where it is leads nowhere else', async ({ demo }) => {
  for (const claims of [
    'X-Forwarded-Host: evil.example',
    'Forwarded: host=evil.example',
    'X-Forwarded-Proto: gopher',
  ]) {
    const head = await ask(demo.url, `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${claims}\r\nConnection: close\r\n\r\n`);
    expect(head).toMatch(/^HTTP\/1\.1 307 [\s\S]*location: \/sign-in/i);
    expect(head).not.toMatch(/evil|gopher/);
  }
});

test('no image is made smaller for anybody', async ({ request }) => {
  expect((await request.get('/_next/image?url=%2Ficon.svg&w=64&q=75')).status()).toBe(404);
});

test('whoever comes back to a form after the session has ended reads that in the form, with what was typed still there', async ({
  browser,
  demo,
}) => {
  const page = await openAs(browser, demo, 'admin');
  await page.goto('/account/password');
  await page.getByLabel('Current password').fill('what was typed');
  for (const field of await page.getByLabel(/new password/i).all()) await field.fill('another long password');
  await page.context().clearCookies();
  await page.getByRole('button', { name: /password/i }).click();
  await expect(page.getByRole('main')).toContainText('You are not signed in.');
  await expect(page.getByLabel('Current password')).toHaveValue('what was typed');
  await page.context().close();
});

/** The head of the answer to exactly these bytes. */
function ask(url: string, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (piece: Buffer) => {
      text += piece.toString();
    });
    socket.on('end', () => resolve(text.split('\r\n\r\n')[0] ?? ''));
    socket.on('error', reject);
    socket.write(bytes);
  });
}

import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page, Request } from '@playwright/test';
import { decode } from 'next-auth/jwt';
import { messageText, seedTenants } from '../prisma/seed-data.ts';
import { type Demo, expect, test } from './fixtures.ts';
import { createDraft, deleteDraft, type KeyAnswer, keysOnList, readKey } from './tasks/keys.ts';
import { found, type Marker, marker } from './tasks/markers.ts';
import { openAs, type Person, people } from './tasks/people.ts';
import { addresses, bundleFiles, dataFiles, eachRow, readSecrets } from './tasks/places.ts';
import { createToken, open, post, seal } from './tasks/services.ts';

test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** No secret, and in many places: where it is not found, nothing else would have been. */
const control = marker('an address', '.example');
/** All messages of the seed say it. */
const inEachMessage = '(conversation 1';
const typed = (where: string) => `planted as ${where} ${randomUUID()}`;
const planted = {
  sealed: typed('plaintext'),
  malformed: typed('a malformed body'),
  notBase64: typed('a bad item'),
  bearer: `kwt_${randomUUID()}`,
  signIn: typed('a wrong password'),
  userName: typed('a profile’s user name'),
  password: typed('a profile’s password'),
  current: typed('the current password'),
  next: typed('the next password'),
};

const windows = new Map<Person | 'nobody', BrowserContext>();
let markers: Marker[] = [];
let demoPassword: Marker;
let page: Page;
let globex: KeyAnswer;
let acmeKeys: string[] = [];
let draft = '';
let opening: Request | undefined;

test.beforeAll(async ({ browser, demo }) => {
  for (const person of Object.keys(people) as Person[])
    windows.set(person, (await openAs(browser, demo, person)).context());
  windows.set('nobody', await browser.newContext({ baseURL: demo.url }));
  page = (await windows.get('otherAdmin')?.newPage()) ?? fail();
  for (const keyId of await keysOnList(page)) {
    const key = await readKey(page, keyId);
    if (key.status === 'active') globex = key;
  }
  const acme = (await windows.get('admin')?.newPage()) ?? fail();
  acmeKeys = await keysOnList(acme);
  draft = await createDraft(page);
  markers = await secretsOf(demo);
  demoPassword = marker('the demo’s password', demo.password);
});
test.afterAll(async () => {
  await deleteDraft(page, draft);
  for (const context of windows.values()) await context.close();
});

test('what is looked for is found, whatever it wears', () => {
  const one = marker('a word', 'say "yes" & <go>');
  const { bytes } = one;
  const worn = [
    `before ${bytes} after`,
    JSON.stringify({ a: `${bytes}` }),
    JSON.stringify(JSON.stringify({ a: `${bytes}` })),
    '<p>say &quot;yes&quot; &amp; &lt;go&gt;</p>',
    `\\x00${bytes.toString('hex')}00`,
    bytes.toString('hex').toUpperCase(),
    ...['', 'x', 'xy', 'xyz'].map((before) => Buffer.from(`${before}${bytes}${before}`).toString('base64')),
    Buffer.from(`xy${bytes}`).toString('base64url'),
  ];
  for (const text of worn) expect(found([one], text, 'there'), text).not.toEqual([]);
  expect(found([one], 'say yes and go', 'there')).toEqual([]);
});

test('a service seals a text, and with a token for it reads the text again', async ({ browser, demo, request }) => {
  const token = demo.tokens.find(({ tenant }) => tenant === 'Globex')?.token ?? '';
  const appId = globex.apps[0]?.id ?? '';
  const plaintext = Buffer.from(planted.sealed).toString('base64');
  const context = { table: 'note' };
  const [sealed] = await seal(request, token, appId, [{ plaintext, context }]);
  expect(found(markers, JSON.stringify(sealed), 'the answer to encrypt')).toEqual([]);
  const opened = await open(request, token, appId, [{ envelope: sealed?.envelope, context }]);
  expect(found(markers, JSON.stringify(opened), 'the answer to decrypt')).not.toEqual([]);
  // Everything that can go wrong with it, since errors talk.
  const items = [{ envelope: sealed?.envelope, context }];
  const wrong = [
    post(request, { token, appId, action: 'decrypt', body: { items: [{ ...items[0], context: { table: 'x' } }] } }),
    post(request, { token, appId, action: 'encrypt', body: { items: [{ plaintext: planted.notBase64 }] } }),
    post(request, { token, appId, action: 'encrypt', body: `{"items":[{"plaintext":"${planted.malformed}"` }),
    post(request, { token: planted.bearer, appId, action: 'decrypt', body: { items } }),
    post(request, {
      token: await writersToken(await openAs(browser, demo, 'operator')),
      appId,
      action: 'decrypt',
      body: { items },
    }),
  ];
  for (const answer of await Promise.all(wrong)) {
    expect(found(markers, await answer.body(), `an answer of status ${answer.status()}`)).toEqual([]);
  }
});

test('people type secrets into every field that takes one', async ({ browser, demo }) => {
  const stranger = await (await browser.newContext({ baseURL: demo.url })).newPage();
  await stranger.goto('/sign-in');
  await stranger.getByLabel('Email').fill(people.viewer);
  await stranger.getByLabel('Password').fill(planted.signIn);
  await stranger.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(stranger.getByText('Email or password is wrong.')).toBeVisible();
  await page.goto(`/enterprise-key/${globex.id}/validation`);
  await page.getByLabel('User Name').fill(planted.userName);
  await page.getByLabel('Password').fill(planted.password);
  await page.getByRole('button', { name: 'Test authorization' }).click();
  await expect(page.getByText('User name or password does not match.')).toBeVisible();
  await page.getByLabel('User Name').fill('admin');
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Test authorization' }).click();
  await expect(page.getByText('Basic authentication successful.')).toBeVisible();
  await page.goto('/account/password');
  await page.getByLabel('Current password').fill(planted.current);
  await page.getByLabel('New password', { exact: true }).fill(planted.next);
  await page.getByLabel('Repeat new password').fill(planted.next);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('This is not your current password.').first()).toBeVisible();
});

test('Open recent records shows them to an administrator of the tenant', async () => {
  await page.goto(`/enterprise-key/${globex.id}/validation`);
  await page.getByRole('button', { name: 'Open recent records of Service desk' }).click();
  const asked = page.waitForRequest((request) => request.headers()['next-action'] !== undefined);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Open recent records' }).click();
  opening = await asked;
  await expect(page.getByText(inEachMessage).first()).toBeVisible();
});

test('the same request shows nobody else anything', async ({ demo }) => {
  const send = async (who: Person | 'nobody') => {
    const { 'next-action': action = '', 'content-type': type = '', accept = '' } = opening?.headers() ?? {};
    const answer = await windows.get(who)?.request.post(opening?.url() ?? '', {
      headers: { 'next-action': action, 'content-type': type, accept, origin: demo.url },
      data: opening?.postDataBuffer() ?? '',
    });
    return (await answer?.text()) ?? '';
  };
  expect(found(markers, await send('otherAdmin'), 'the answer')).toContain('the messages in the answer, as it is');
  const refusals = [
    ['admin', 'not-found'],
    ['viewer', 'forbidden'],
    ['support', 'forbidden'],
    ['operator', 'forbidden'],
    ['nobody', 'unauthenticated'],
  ] as const;
  for (const [who, code] of refusals) {
    const text = await send(who);
    expect(text, who).toContain(code);
    expect(found(markers, text, `what ${who} was answered`)).toEqual([]);
  }
});

test('no page, payload or answer holds a secret, whoever asks', async () => {
  test.setTimeout(400_000);
  const { id: keyId, apps, tenant } = globex;
  const everywhere = addresses({
    keys: [keyId, draft, ...acmeKeys],
    wizard: [keyId, draft],
    appId: apps[0]?.id,
    tenant: tenant.id,
  });
  const leaks: string[] = [];
  const seen: string[] = [];
  let read = 0;
  for (const [who, context] of windows) {
    for (const address of everywhere) {
      for (const headers of [{}, { rsc: '1' }] as Record<string, string>[]) {
        const answer = await context.request.get(address, { headers });
        const where = `${address}${headers.rsc ? ' (payload)' : ''} for ${who}`;
        expect(answer.status(), where).toBeLessThan(500);
        // The demo's sign-in page fills the password in, and says so.
        const atSignIn = answer.url().includes('/sign-in');
        const body = await answer.body();
        leaks.push(...found(atSignIn ? markers : [...markers, demoPassword], body, where));
        seen.push(...found([control], body, who));
        read += 1;
      }
    }
  }
  expect(leaks).toEqual([]);
  expect(seen).toEqual(expect.arrayContaining(Object.keys(people).map((who) => `an address in ${who}, as it is`)));
  expect(read).toBe(windows.size * 2 * everywhere.length);
});

test('no row of any table holds a secret', async () => {
  const leaks: string[] = [];
  const seen: string[] = [];
  const rows = new Map<string, number>();
  await eachRow((table, row) => {
    rows.set(table, (rows.get(table) ?? 0) + 1);
    leaks.push(...found([...markers, demoPassword], row, `a row of ${table}`));
    seen.push(...found([control], row, table));
  });
  expect(leaks).toEqual([]);
  expect(seen).toContain('an address in public."user", as it is');
  expect(rows.get('public.app_record')).toBeGreaterThan(5_000);
  expect(rows.get('public.audit_event')).toBeGreaterThan(10);
});

test('no log and no file of the database holds a secret', () => {
  const leaks: string[] = [];
  const seen: string[] = [];
  const read: string[] = [];
  for (const [path, bytes] of dataFiles()) {
    // These three are where they are kept: the launcher's own, for its owner's eyes, and the simulated AWS.
    if (['secrets.json', 'ready.json', 'aws-simulator.json', 'aws-credentials'].includes(path)) continue;
    read.push(path);
    const looked = path.startsWith('postgres/cluster/') ? markers.filter((one) => bytes.includes(one.bytes)) : markers;
    leaks.push(...found(looked, bytes, path));
    seen.push(...found([control], bytes, path));
  }
  expect(leaks).toEqual([]);
  expect(seen.some((where) => where.includes('postgres/cluster/'))).toBe(true);
  expect(read).toEqual(
    expect.arrayContaining(['logs/web.log', 'logs/worker.log', 'logs/simulator.log', 'postgres/server.log']),
  );
  expect(read.filter((path) => path.startsWith('postgres/cluster/base/')).length).toBeGreaterThan(100);
});

test('no file that browsers fetch holds a secret', () => {
  const all = [...bundleFiles()];
  expect(all.flatMap(([path, bytes]) => found([...markers, demoPassword], bytes, path))).toEqual([]);
  expect(all.filter(([path]) => path.endsWith('.js')).length).toBeGreaterThan(10);
  const label = marker('a label', 'Test Configuration');
  expect(all.flatMap(([path, bytes]) => found([label], bytes, path))).not.toEqual([]);
});

/** What is to be found nowhere, from the folder of the demo, its seed and the sessions of this run. */
async function secretsOf(demo: Demo): Promise<Marker[]> {
  for (const n of [0, 17, 4_999]) expect(messageText(n)).toContain(inEachMessage);
  const { rootKey, nextAuthSecret, databasePasswords, simulator } = readSecrets();
  const [profile] = seedTenants.flatMap(({ profiles }) => profiles);
  const stored = JSON.stringify({ userName: profile?.userName, password: profile?.password });
  const sessions: Marker[] = [];
  for (const [who, context] of windows) {
    for (const { name, value } of await context.cookies()) {
      if (!name.endsWith('session-token')) continue;
      sessions.push(marker(`the cookie of ${who}`, value));
      const token = await decode({ token: value, secret: nextAuthSecret });
      if (typeof token?.sid === 'string') sessions.push(marker(`the session of ${who}`, token.sid));
    }
  }
  expect(sessions).toHaveLength(2 * Object.keys(people).length);
  return [
    ...Object.entries(planted).map(([name, text]) => marker(`planted ${name}`, text)),
    ...demo.tokens.map(({ tenant, token }) => marker(`the token of ${tenant}`, token)),
    ...sessions,
    marker('the messages', inEachMessage),
    marker('the authorization profiles', stored),
    marker('the root key', Buffer.from(rootKey, 'base64')),
    marker('the session secret', nextAuthSecret),
    marker('the owner’s database password', databasePasswords.owner),
    marker('the application’s database password', databasePasswords.app),
    marker('the secret access key', simulator.secretAccessKey),
  ];
}

/** May seal, and not read. */
async function writersToken(operator: Page): Promise<string> {
  const name = `Writer ${randomUUID().slice(0, 8)}`;
  const token = await createToken(operator, { tenant: 'Globex', name, actions: ['encrypt'] });
  markers.push(marker('a token made in the console', token));
  return token;
}

function fail(): never {
  throw new Error('A window is missing.');
}

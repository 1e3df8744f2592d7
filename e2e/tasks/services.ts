/** What a service of the vendor's does: seal and open an app's data over HTTP with a bearer token. */
import type { APIRequestContext, APIResponse, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

export type Item = { plaintext?: unknown; envelope?: unknown; context?: unknown };
export type ItemAnswer = { plaintext?: string; envelope?: string; stale?: boolean; error?: { code: string } };

export function post(
  request: APIRequestContext,
  { token, appId, action, body }: { token?: string; appId: string; action: 'encrypt' | 'decrypt'; body: unknown },
): Promise<APIResponse> {
  return request.post(`/api/v1/apps/${appId}/${action}`, {
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    data: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** Seals each item or says why not. */
export async function seal(
  request: APIRequestContext,
  token: string,
  appId: string,
  items: Item[],
): Promise<ItemAnswer[]> {
  const answer = await post(request, { token, appId, action: 'encrypt', body: { items } });
  expect(answer.status()).toBe(200);
  return (await answer.json()).items;
}

/** Opens each item or says why not. */
export async function open(
  request: APIRequestContext,
  token: string,
  appId: string,
  items: Item[],
): Promise<ItemAnswer[]> {
  const answer = await post(request, { token, appId, action: 'decrypt', body: { items } });
  expect(answer.status()).toBe(200);
  return (await answer.json()).items;
}

/** The operator, on the page Tokens, creates one and copies it. */
export async function createToken(
  page: Page,
  { tenant, name, actions }: { tenant: string; name: string; actions: ('encrypt' | 'decrypt' | 'lease')[] },
): Promise<string> {
  await page.goto('/tokens');
  await page.getByLabel('Tenant').selectOption({ label: tenant });
  await page.getByLabel('Name', { exact: true }).fill(name);
  for (const action of actions) await page.getByRole('checkbox', { name: action }).check();
  await page.getByRole('button', { name: 'Create Token' }).click();
  const shown = page.getByRole('textbox', { name: 'Token' });
  await expect(shown).toHaveValue(/^kwt_/);
  return shown.inputValue();
}

export async function revokeToken(page: Page, name: string): Promise<void> {
  await page.goto('/tokens');
  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke token' }).click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('Revoked');
}

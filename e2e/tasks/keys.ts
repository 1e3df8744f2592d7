import type { Page } from '@playwright/test';
import type { DisplayStatus } from '../../lib/byok/lifecycle.ts';
import { expect } from '../fixtures.ts';

/** The parts of the key page's answer that the tests look at. */
export type KeyAnswer = {
  id: string;
  status: DisplayStatus;
  tenant: { id: string };
  standing: { keyArn: string; roleArn: string; region: string } | null;
  apps: { id: string; name: string; protectedBy: { kind: 'platform' | 'version' } }[];
};

/** IDs of the tenant's enterprise keys, as the list shows them. */
export async function keysOnList(page: Page): Promise<string[]> {
  await page.goto('/enterprise-key');
  await expect(page.getByRole('button', { name: 'Create Key' })).toBeVisible();
  const links = await page.getByRole('link', { name: /^Open / }).all();
  const addresses = await Promise.all(links.map((link) => link.getAttribute('href')));
  return addresses.flatMap((address) => address?.split('/').at(-1) ?? []);
}

/** What the page of a key shows, for an administrator or viewer of its tenant. */
export async function readKey(page: Page, keyId: string): Promise<KeyAnswer> {
  const response = await page.request.get(`/api/enterprise-keys/${keyId}`);
  expect(response.status()).toBe(200);
  return (await response.json()).data;
}

/** Presses Create Key and answers with the draft's ID; the wizard's first step is on the screen. */
export async function createDraft(page: Page): Promise<string> {
  await page.goto('/enterprise-key');
  await page.getByRole('button', { name: 'Create Key' }).click();
  await expect(page.getByRole('heading', { name: 'Provider', exact: true })).toBeVisible();
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

export async function deleteDraft(page: Page, keyId: string): Promise<void> {
  await page.goto(`/enterprise-key/${keyId}/setup/provider`);
  await page.getByRole('button', { name: 'Delete draft' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete draft' }).click();
  await page.waitForURL(/\/enterprise-key$/);
}

/** The tenant whose pages are walked: Acme of the demo, with a key of its own by which 11 of its 12 apps are protected, and a draft. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { type Demo, expect } from '../fixtures.ts';
import { connectKey, reviewKey } from '../tasks/active-key.ts';
import { awsAccount, type Tenant } from '../tasks/aws-account.ts';
import { openAs } from '../tasks/people.ts';
import { dataFolder, withDatabase } from '../tasks/places.ts';
import { post } from '../tasks/services.ts';
import type { World } from './pages.ts';

export type Acme = World & { keyArn: string; accountId: string; keyUrl: string };

/** Made once for each demo, also where a picture failed and what runs the tests began anew. */
export async function acme(browser: Browser, demo: Demo): Promise<Acme> {
  const kept = join(dataFolder(), 'pictures.json');
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Acme;
  const page = await openAs(browser, demo, 'admin');
  const made = await make(page, demo);
  await page.context().close();
  writeFileSync(kept, JSON.stringify(made));
  return made;
}

/** Has the key asked at once, and again, until it is so. */
export async function askUntil(browser: Browser, demo: Demo, key: Acme, health: string): Promise<void> {
  const page = await openAs(browser, demo, 'admin');
  await expect(async () => {
    await lookBack(key, 1);
    await page.goto(key.keyUrl);
    await page.getByRole('button', { name: 'Check now' }).click();
    await expect(page.getByText(health, { exact: true }).first()).toBeVisible({ timeout: 20_000 });
  }).toPass({ timeout: 120_000 });
  await page.context().close();
}

/** As if the key had last been asked so long ago. */
export function lookBack({ keyId }: Acme, minutes: number): Promise<void> {
  return withDatabase(async (client) => {
    const ago = `${minutes * 60} seconds`;
    await client.query('UPDATE key_version SET health_at = now() - $2::interval WHERE key_id = $1', [keyId, ago]);
    await client.query('UPDATE key_probe SET begun_at = begun_at - $2::interval WHERE key_id = $1', [keyId, ago]);
  });
}

async function make(page: Page, demo: Demo): Promise<Acme> {
  const tenant = await tenantCalled('Acme');
  const aws = awsAccount(demo);
  await aws.open();
  const [roleArn, draftRoleArn] = [await aws.makeRole('Keyward', tenant), await aws.makeRole('KeywardDraft', tenant)];
  const [keyArn, draftKeyArn] = [await aws.makeKey('Keyward', tenant), await aws.makeKey('KeywardDraft', tenant)];
  const { accountId } = aws;
  const keyUrl = await connectKey(page, {
    alias: 'acme-production',
    accountId,
    keyArn,
    roleArn,
    without: ['Lobby kiosk'],
  });
  const appId = await appCalled('Agent desktop', tenant);
  const token = demo.tokens.find((one) => one.tenant === 'Acme')?.token;
  const items = [{ plaintext: Buffer.from('hello').toString('base64'), context: { table: 'note' } }];
  await post(page.request, { ...(token ? { token } : {}), appId, action: 'encrypt', body: { items } });
  await page.goto('/enterprise-key');
  await reviewKey(page, {
    alias: 'acme-archive',
    accountId,
    keyArn: draftKeyArn,
    roleArn: draftRoleArn,
  });
  const [, draftId = ''] = /enterprise-key\/([0-9a-f-]{36})\//.exec(page.url()) ?? [];
  return { tenantId: tenant.id, keyId: keyUrl.split('/').at(-1) ?? '', draftId, appId, keyArn, accountId, keyUrl };
}

function tenantCalled(name: string): Promise<Tenant> {
  return withDatabase(async (client) => {
    const { rows } = await client.query('SELECT id, external_id AS "externalId" FROM tenant WHERE name = $1', [name]);
    return rows[0] as Tenant;
  });
}

function appCalled(name: string, tenant: Tenant): Promise<string> {
  return withDatabase(async (client) => {
    const { rows } = await client.query('SELECT id FROM app WHERE name = $1 AND tenant_id = $2', [name, tenant.id]);
    return String(rows[0]?.id);
  });
}

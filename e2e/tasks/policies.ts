import type { Page } from '@playwright/test';
import type { Demo } from '../fixtures.ts';
import { customer } from './customer.ts';

/** Copies the three policies from the step AWS into the customer's account, as its administrator would. */
export async function applyShownPolicies(page: Page, demo: Demo): Promise<void> {
  const shown = await page.locator('pre').allTextContents();
  const find = (name: string, is: (text: string) => boolean) => {
    const policy = shown.find(is);
    if (!policy) throw new Error(`The step AWS shows no ${name} policy.`);
    return policy;
  };
  const aws = customer(demo);
  await aws.applyTrustPolicy(find('trust', (text) => text.includes('sts:ExternalId')));
  await aws.applyKeyPolicy(find('key', (text) => text.includes('StringNotEquals')));
  await aws.applyPermissionPolicy(
    find('permission', (text) => text.includes('kms:GenerateDataKey') && !text.includes('Principal')),
  );
}

'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { createApp } from '#lib/operations/apps/create-app.ts';
import { checkTenantKey } from '#lib/operations/keys/check-tenant-key.ts';
import { createPerson } from '#lib/operations/tenants/create-person.ts';
import { setRegionRule } from '#lib/operations/tenants/set-region-rule.ts';

export async function createPersonAction(input: Parameters<typeof createPerson>[1]) {
  return createPerson(await currentCaller(), input);
}

export async function createAppAction(input: Parameters<typeof createApp>[1]) {
  return createApp(await currentCaller(), input);
}

export async function setRegionRuleAction(input: Parameters<typeof setRegionRule>[1]) {
  return setRegionRule(await currentCaller(), input);
}

/** Check now, by the vendor's own people. */
export async function checkTenantKeyAction(input: Parameters<typeof checkTenantKey>[1]) {
  return checkTenantKey(await currentCaller(), input);
}

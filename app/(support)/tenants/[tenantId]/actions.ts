'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { checkTenantKey } from '#lib/operations/check-tenant-key.ts';
import { setRegionRule } from '#lib/operations/set-region-rule.ts';

export async function setRegionRuleAction(input: Parameters<typeof setRegionRule>[1]) {
  return setRegionRule(await currentCaller(), input);
}

/** Check now, by the vendor's own people. */
export async function checkTenantKeyAction(input: Parameters<typeof checkTenantKey>[1]) {
  return checkTenantKey(await currentCaller(), input);
}

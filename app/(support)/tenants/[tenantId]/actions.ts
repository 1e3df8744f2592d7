'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import { setRegionRule } from '#lib/operations/set-region-rule.ts';

export async function setRegionRuleAction(input: Parameters<typeof setRegionRule>[1]) {
  return setRegionRule(await currentCaller(), input);
}

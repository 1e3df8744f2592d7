'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import type { HistoryChoice } from '#lib/byok/account-views.ts';
import type { Result } from '#lib/byok/errors.ts';
import { listHistoryChoices } from '#lib/operations/history/list-history-choices.ts';
import { listVendorHistoryChoices } from '#lib/operations/history/list-vendor-history-choices.ts';

type Asked = { of: 'people' | 'keys' | 'apps'; search: string };

export async function historyChoices(asked: Asked): Promise<Result<HistoryChoice[]>> {
  return listHistoryChoices(await currentCaller(), asked);
}

export async function vendorHistoryChoices(asked: Asked): Promise<Result<HistoryChoice[]>> {
  return listVendorHistoryChoices(await currentCaller(), asked);
}

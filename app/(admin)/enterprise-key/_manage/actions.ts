'use server';

import { redirect } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import type { OperationError, Result } from '#lib/byok/errors.ts';
import type { OpenedRecord, ValidationView } from '#lib/byok/views.ts';
import { checkAuthorizationProfile } from '#lib/operations/check-authorization-profile.ts';
import { createKey } from '#lib/operations/create-key.ts';
import { openRecentRecords } from '#lib/operations/open-recent-records.ts';
import { validateApps } from '#lib/operations/validate-apps.ts';

/** Makes a draft, or finds the untouched one, and goes to its first step; answers only when it could not. */
export async function createKeyAction(): Promise<OperationError> {
  const made = await createKey(await currentCaller(), {});
  if (!made.ok) return made.error;
  redirect(`/enterprise-key/${made.data.keyId}/setup/provider`);
}

export async function validateAction(keyId: string): Promise<Result<ValidationView>> {
  return validateApps(await currentCaller(), { keyId });
}

export async function openRecordsAction(appId: string): Promise<Result<{ records: OpenedRecord[] }>> {
  return openRecentRecords(await currentCaller(), { appId });
}

export async function checkProfileAction(input: {
  profileId: string;
  userName: string;
  password: string;
}): Promise<Result<{ matches: boolean }>> {
  return checkAuthorizationProfile(await currentCaller(), input);
}

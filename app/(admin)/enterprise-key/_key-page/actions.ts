'use server';

import { currentCaller } from '#lib/auth/current-caller.ts';
import type { Result } from '#lib/byok/errors.ts';
import type { OpenedRecord, ValidationView } from '#lib/byok/record-views.ts';
import type { PlanView } from '#lib/byok/transition-views.ts';
import { planChange } from '#lib/operations/apps/plan-change.ts';
import { rekeyApp } from '#lib/operations/apps/rekey-app.ts';
import { validateApps } from '#lib/operations/apps/validate-apps.ts';
import { checkAuthorizationProfile } from '#lib/operations/data/check-authorization-profile.ts';
import { openRecentRecords } from '#lib/operations/data/open-recent-records.ts';
import { deleteKey } from '#lib/operations/keys/delete-key.ts';
import { renameKey } from '#lib/operations/keys/rename-key.ts';
import { dismissKeyCreation } from '#lib/operations/setup/dismiss-key-creation.ts';
import { setCacheTime } from '#lib/operations/tenants/set-cache-time.ts';
import { shownAnew } from '../_shared/shown-anew.ts';

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

/** What a rekey would take, without beginning it. */
export async function planRekeyAction(input: {
  keyId: string;
  appId: string;
  reencrypt: boolean;
}): Promise<Result<PlanView>> {
  const { keyId, appId, reencrypt } = input;
  return planChange(await currentCaller(), { keyId, change: { kind: 'rekey', appId, reencrypt } });
}

export async function rekeyAppAction(input: { appId: string; reencrypt: boolean }): Promise<Result<object>> {
  return rekeyApp(await currentCaller(), input);
}

export async function renameKeyAction(input: {
  keyId: string;
  revision: number;
  values: { alias: string; description: string; tags: string };
}): Promise<Result<object>> {
  return shownAnew(await renameKey(await currentCaller(), input));
}

export async function deleteKeyAction(input: { keyId: string; revision: number }): Promise<Result<object>> {
  return shownAnew(await deleteKey(await currentCaller(), input));
}

export async function dismissCreationAction(input: { creationId: string }): Promise<Result<object>> {
  return shownAnew(await dismissKeyCreation(await currentCaller(), input));
}

export async function setCacheTimeAction(seconds: number): Promise<Result<object>> {
  return setCacheTime(await currentCaller(), { seconds });
}

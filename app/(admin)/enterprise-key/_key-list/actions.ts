'use server';

import { redirect } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import type { OperationError } from '#lib/byok/errors.ts';
import { createKey } from '#lib/operations/keys/create-key.ts';

/** Makes a draft, or finds the untouched one, and goes to its first step; answers only when it could not. */
export async function createKeyAction(): Promise<OperationError> {
  const made = await createKey(await currentCaller(), {});
  if (!made.ok) return made.error;
  redirect(`/enterprise-key/${made.data.keyId}/setup/provider`);
}

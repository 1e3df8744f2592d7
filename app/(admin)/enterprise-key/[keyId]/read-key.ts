import 'server-only';
import { cache } from 'react';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { readEnterpriseKey } from '#lib/operations/keys/read-enterprise-key.ts';

/** The key of the address, read once for a request however many parts of the page want to know. */
export const readKey = cache(async (keyId: string) => readEnterpriseKey(await currentCaller(), { keyId }));

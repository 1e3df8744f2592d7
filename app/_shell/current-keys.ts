import 'server-only';
import { cache } from 'react';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listEnterpriseKeys } from '#lib/operations/keys/list-enterprise-keys.ts';

/** The tenant's keys, asked for once per request: for the banner of each page, and for the page that lists them. */
export const currentKeys = cache(async () => listEnterpriseKeys(await currentCaller(), {}));

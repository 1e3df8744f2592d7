import { z } from 'zod';
import type { CheckedView } from '../../byok/key-views.ts';
import { operation } from '../operation.ts';
import { checkNow } from './check-now.ts';

/**
 * Check now: asks AWS about a key past every cache. What a person asks for stands in the history; what an open page asks
 * for by itself does not, or a day's watching would fill it: each change of the health stands there anyway.
 */
export const checkKey = operation({
  name: 'check-key',
  permission: 'keys.check',
  input: z.object({ keyId: z.uuid(), asked: z.enum(['by-hand', 'by-page']) }),
  async run(context, { keyId, asked }): Promise<CheckedView> {
    const { data, after, awsRequestIds } = await checkNow(context.tenantId, keyId);
    if (asked === 'by-page') return data;
    return context.commit(async () => ({ data, audit: { target: keyId, after, awsRequestIds } }));
  },
});

import { z } from 'zod';
import { lockTenant, writeCacheTtl } from '../../db/tenant-store.ts';
import { operation } from '../operation.ts';

/**
 * How long an unwrapped data key may serve, counted from its unwrapping: the longest that a copy works on after a
 * revocation that nobody noticed. Read with each data key, so a shorter time holds for copies that exist already.
 */
export const setCacheTime = operation({
  name: 'set-cache-time',
  permission: 'keys.write',
  input: z.object({
    seconds: z.int('Give whole seconds.').min(0, 'Choose 0 to 60 minutes.').max(3_600, 'Choose 0 to 60 minutes.'),
  }),
  async run(context, { seconds }): Promise<Record<string, never>> {
    return context.commit(async (tx) => {
      await lockTenant(tx, context.tenantId);
      const before = await writeCacheTtl(tx, context.tenantId, seconds);
      return {
        data: {},
        audit: { target: context.tenantId, before: { cacheTtlSeconds: before }, after: { cacheTtlSeconds: seconds } },
      };
    });
  },
});

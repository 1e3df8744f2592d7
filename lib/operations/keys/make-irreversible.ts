import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { message } from '../../byok/messages/catalogue.ts';
import { listReturning, updateKey } from '../../db/key-store.ts';
import { lockTenant, writeTenantCommitment } from '../../db/tenant-store.ts';
import { operation, type RunContext } from '../operation.ts';
import { lockKeyForUpdate } from './lock-key.ts';

/**
 * A commitment that cannot be taken back: what lies under this key, or under any key of the tenant now and later, never
 * returns to the platform key. From then on neither Revert to None nor taking an app off the key leads there; rotating,
 * adding apps, and changing to another irreversible key stay open.
 */
export const makeIrreversible = operation({
  name: 'make-irreversible',
  permission: 'keys.write',
  input: z.discriminatedUnion('scope', [
    z.object({ scope: z.literal('key'), keyId: z.uuid(), revision: z.int() }),
    z.object({ scope: z.literal('tenant') }),
  ]),
  async run(context, input): Promise<{ at: string }> {
    return input.scope === 'key' ? makeKeyIrreversible(context, input) : makeTenantIrreversible(context);
  },
});

/** The tenant's row first, as the commands take it that would lead back: whoever comes second is told. */
async function makeKeyIrreversible(
  context: RunContext,
  seen: { keyId: string; revision: number },
): Promise<{ at: string }> {
  return context.commit(async (tx) => {
    await lockTenant(tx, context.tenantId);
    const key = await lockKeyForUpdate(tx, context, 'make-irreversible', seen);
    await updateKey(tx, key.id, context, { irreversibleAt: context.now });
    return {
      data: { at: context.now.toISOString() },
      audit: {
        target: key.id,
        before: { irreversible: false },
        after: { irreversible: true, scope: message('this-key') },
      },
    };
  });
}

/** A key that is on its way back already would break the commitment in the moment in which it is made. */
async function makeTenantIrreversible(context: RunContext): Promise<{ at: string }> {
  return context.commit(async (tx) => {
    await lockTenant(tx, context.tenantId);
    const [returning] = await listReturning(tx, context.tenantId);
    if (returning !== undefined)
      throw refused(`“${returning}” is returning to the platform key. Wait until it has finished.`);
    if (!(await writeTenantCommitment(tx, context.tenantId, context.now)))
      throw refused('All your enterprise keys are already irreversible.');
    return {
      data: { at: context.now.toISOString() },
      audit: {
        target: context.tenantId,
        before: { irreversible: false },
        after: { irreversible: true, scope: message('every-key') },
      },
    };
  });
}

function refused(reason: string): Refusal {
  return new Refusal('not-allowed-in-state', { details: { reason } });
}

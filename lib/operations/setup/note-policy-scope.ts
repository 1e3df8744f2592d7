import { z } from 'zod';
import { mayBeWide, type PolicyScope, readChecklist } from '../../byok/checklist.ts';
import { Refusal } from '../../byok/errors.ts';
import { message } from '../../byok/messages/catalogue.ts';
import { putIntoChecklist } from '../../db/checklist-store.ts';
import { findKey, scheduledOf, workingOf } from '../../db/key-store.ts';
import { allow } from '../keys/lock-key.ts';
import { operation } from '../operation.ts';

/**
 * Remembers that the IAM policy was to say `"Resource": "*"` while there was no key yet, or that it names the key alone by
 * now. Nothing of it can be seen from outside, so what is kept is who said so and when. Changes nothing else of the key:
 * its revision stays, and no test is void.
 */
export const notePolicyScope = operation({
  name: 'note-policy-scope',
  permission: 'keys.write',
  input: z.discriminatedUnion('note', [
    z.object({ keyId: z.uuid(), note: z.literal('any-key') }),
    /** `checked`: the policy was pasted and found to name the key alone; its text stays in the browser. */
    z.object({ keyId: z.uuid(), note: z.literal('narrowed'), how: z.enum(['checked', 'said']) }),
  ]),
  async run(context, given): Promise<{ scope: PolicyScope }> {
    return context.commit(async (tx) => {
      const key = await findKey(context.tenantId, given.keyId, tx);
      if (!key) throw new Refusal('not-found');
      // Choosing is part of the set-up; that it was narrowed may be said for as long as the key is in use.
      if (given.note === 'any-key') await allow('edit', key);
      const standing = [workingOf(key), scheduledOf(key)].filter((one) => one !== undefined);
      const was = standing.map((one) => readChecklist(one.checklist, []).scope).find(mayBeWide);
      const by = { by: context.who };
      const at = context.now.toISOString();
      if (given.note === 'narrowed' && !was) {
        const reason = 'Nothing is open about the IAM policy: it was never said to name every key.';
        throw new Refusal('not-allowed-in-state', { details: { reason } });
      }
      const scope: PolicyScope =
        given.note === 'narrowed' && was
          ? { ...was, narrowed: { at, ...by, how: given.how } }
          : (was ?? { since: at, ...by, narrowed: null });
      for (const { id } of standing) await putIntoChecklist(id, { scope }, tx);
      return {
        data: { scope },
        audit: {
          target: key.id,
          before: { resource: was ? '*' : message('this-key') },
          after: given.note === 'narrowed' ? { resource: message('this-key'), how: given.how } : { resource: '*' },
        },
      };
    });
  },
});

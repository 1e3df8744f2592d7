import { z } from 'zod';
import { blankDraft } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { freeAlias, insertDraft, untouchedDraft } from '../../db/key-store.ts';
import { findTenant, lockTenant } from '../../db/tenant-store.ts';
import { operation } from '../operation.ts';

/** A new draft. Pressed twice it is the same one: a draft that nobody has saved anything in is taken again. */
export const createKey = operation({
  name: 'create-key',
  permission: 'keys.write',
  input: z.object({}),
  async run(context): Promise<{ keyId: string }> {
    const tenant = await findTenant(context.tenantId);
    if (!tenant) throw new Refusal('not-found');
    return context.commit(async (tx) => {
      await lockTenant(tx, tenant.id);
      const draft = await untouchedDraft(tx, tenant.id);
      if (draft) return { data: { keyId: draft }, audit: { target: draft } };
      const alias = await freeAlias(tx, tenant.id);
      const keyId = await insertDraft(tx, {
        tenantId: tenant.id,
        alias,
        draft: blankDraft(tenant.homeRegion),
        by: context.who,
      });
      return { data: { keyId }, audit: { target: keyId, after: { alias, state: 'draft' } } };
    });
  },
});

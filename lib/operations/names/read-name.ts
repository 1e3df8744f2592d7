import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { namedKinds } from '../../byok/name-views.ts';
import { findNameOf } from '../../db/name-store.ts';
import { operation } from '../operation.ts';

/** What a page's title calls a thing: its name and nothing else, for those who may open its page. */
export const readName = operation({
  name: 'read-name',
  permission: 'names.read',
  input: z.object({ kind: z.enum(namedKinds), id: z.uuid() }),
  async run({ tenantId }, { kind, id }): Promise<{ name: string }> {
    const name = await findNameOf(kind, tenantId, id);
    if (name === undefined) throw new Refusal('not-found');
    return { name };
  },
});

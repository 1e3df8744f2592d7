import { z } from 'zod';
import type { CreationView } from '../../byok/creation-views.ts';
import { listCreations } from '../../db/creation-store.ts';
import { operation } from '../operation.ts';
import { toCreation } from './creation-view.ts';

/** CMKs that Keyward created for the tenant, or tried to, newest first; what is over is left out. */
export const listKeyCreations = operation({
  name: 'list-key-creations',
  permission: 'keys.read',
  input: z.object({}),
  async run({ tenantId }): Promise<CreationView[]> {
    return (await listCreations(tenantId)).map(toCreation);
  },
});

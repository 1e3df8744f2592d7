import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import type { SelectableApp } from '../../byok/setup-views.ts';
import { listSelectable } from '../../db/app-store.ts';
import { displayedConfiguration, findKey, workingOf } from '../../db/key-store.ts';
import { operation } from '../operation.ts';

/** All apps and bots of the tenant, with what the configuration at hand has chosen. */
export const listSelectableApps = operation({
  name: 'list-selectable-apps',
  permission: 'keys.read',
  input: z.object({ keyId: z.uuid() }),
  async run({ tenantId }, { keyId }): Promise<SelectableApp[]> {
    const key = await findKey(tenantId, keyId);
    if (!key) throw new Refusal('not-found');
    const configuration = workingOf(key) ?? displayedConfiguration(key);
    if (!configuration) throw new Refusal('not-found');
    return listSelectable(tenantId, keyId, configuration.id);
  },
});

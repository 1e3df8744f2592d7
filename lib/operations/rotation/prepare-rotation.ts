import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { blankDraft, type Draft, providerSteps, readDraft, rulesOf, storedDraft } from '../../byok/connection.ts';
import { type ConnectionMode, isKnown, known } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import {
  editedOf,
  ensureWorkingCopy,
  findKey,
  type KeyRow,
  scheduledOf,
  updateConfiguration,
  updateKey,
  workingOf,
} from '../../db/key-store.ts';
import { insertSecret, releaseSecrets } from '../../db/secret-store.ts';
import { keyServices } from '../../kms/key-service.ts';
import { lockKeyForUpdate } from '../keys/lock-key.ts';
import { sealNewSecret } from '../keys/new-secret.ts';
import { operation } from '../operation.ts';

/**
 * Keeps what an active key is to be rotated to, to be tested. Nothing else changes: what is active stays so until
 * the rotation itself, and a key transition that is under way is not disturbed. `to` names another provider than that of the active key.
 */
export const prepareRotation = operation({
  name: 'prepare-rotation',
  permission: 'keys.write',
  input: z.object({
    keyId: z.uuid(),
    revision: z.int(),
    values: providerSteps.rotation,
    to: z.object({ provider: z.string().max(80), authMode: z.string().max(80) }).optional(),
  }),
  async run(context, { values, to, ...at }): Promise<{ revision: number }> {
    const seen = await findKey(context.tenantId, at.keyId);
    if (!seen) throw new Refusal('not-found');
    const mode = modeFor(seen, to);
    const location = rulesOf(mode).rotationLocation(values);
    const ours = await keyServices[mode.provider].ourIdentity(location);
    const sealed = await sealNewSecret(values, context);
    return context.commit(async (tx) => {
      const key = await lockKeyForUpdate(tx, context, 'rotate', at, { disturbsTransitions: false });
      const { was, secretId } = startsFrom(key, modeFor(key, to));
      const secret = { stored: secretId !== null, replaced: sealed !== undefined };
      const { draft, ...audit } = rulesOf(was).rotationChange(was, values, { ours, secret });
      if (sealed) await insertSecret(tx, sealed);
      const prepared = workingOf(key);
      const same = prepared && !sealed && isDeepStrictEqual(storedDraft(draft), storedDraft(readDraft(prepared)));
      const configurationId = await ensureWorkingCopy(tx, key);
      // A test counts from the preparation on: the same names may mean another key than when they were tested before.
      await updateConfiguration(tx, configurationId, {
        draft,
        secretId: sealed ? sealed.id : secretId,
        ...(same ? {} : { createdAt: context.now }),
      });
      await releaseSecrets(tx, context.tenantId);
      const revision = await updateKey(tx, key.id, context, {});
      return { data: { revision }, audit: { target: key.id, ...audit } };
    });
  },
});

/** Of another provider any of its modes; of the key's own the one that it has, which no rotation changes. */
function modeFor(key: KeyRow, to: { provider: string; authMode: string } | undefined): ConnectionMode {
  const own = known(scheduledOf(key) ?? editedOf(key));
  if (!to) return own;
  if (isKnown(to) && (to.provider !== own.provider || to.authMode === own.authMode)) return to;
  throw new Refusal('invalid-input', { fields: { to: 'Choose one of the providers that are offered.' } });
}

/** What was prepared of the same kind, else what is active, else nothing that was ever typed. */
function startsFrom(key: KeyRow, mode: ConnectionMode): { was: Draft; secretId: string | null } {
  for (const row of [workingOf(key), scheduledOf(key), editedOf(key)])
    if (row && row.provider === mode.provider && row.authMode === mode.authMode)
      return { was: readDraft(row), secretId: row.secretId };
  return { was: blankDraft('', mode.provider, mode.authMode), secretId: null };
}

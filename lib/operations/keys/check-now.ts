import 'server-only';
import { Refusal } from '../../byok/errors.ts';
import type { CheckedView } from '../../byok/key-views.ts';
import { message } from '../../byok/messages/catalogue.ts';
import type { Message } from '../../byok/messages/message.ts';
import { findKey } from '../../db/key-store.ts';
import { type Probed, probeKey } from '../../keyring/probe-key.ts';
import { toHealthView } from './key-view.ts';

/**
 * Has a key asked now, or shares the answer of whoever asked a moment ago.
 * @throws Refusal `not-found`, or `not-allowed-in-state` for a key that nothing has ever been protected by
 */
export async function checkNow(
  tenantId: string,
  keyId: string,
): Promise<{ data: CheckedView; after: Record<string, string | boolean | Message>; providerRequestIds: string[] }> {
  const key = await findKey(tenantId, keyId);
  if (!key) throw new Refusal('not-found');
  if (!key.currentVersionId) {
    const reason = 'This key has never been active, so there is nothing to check yet. Use Test Configuration instead.';
    throw new Refusal('not-allowed-in-state', { details: { reason } });
  }
  const { asked, providerRequestIds }: Probed = await probeKey(keyId, key.currentVersionId);
  const version = (await findKey(tenantId, keyId))?.currentVersion;
  const health = version ? toHealthView(version, key.tenant.cacheTtlSeconds) : null;
  return {
    data: { asked, health },
    after: { health: health?.state ?? 'not-yet-checked', answer: message(asked ? 'asked-now' : 'answer-shared') },
    providerRequestIds,
  };
}

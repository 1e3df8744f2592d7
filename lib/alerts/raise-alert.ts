import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Message } from '../byok/messages/message.ts';
import { wordsOf } from '../byok/messages/words.ts';
import { log } from '../config/log.ts';
import { appendAudit } from '../db/audit-store.ts';

export type Alert = {
  /** Such as "key-revoked", "activation-failed". */
  kind: string;
  /** `null`: the vendor's own fault, for its operators alone. */
  tenantId: string | null;
  /** ID of the enterprise key it is about. */
  target: string | null;
  /** One sentence, no secret; null where nothing is known beyond the kind. */
  message: Message | null;
  /** How many apps and bots it stops, or lets go on. */
  apps?: number;
  providerRequestIds: string[];
};

/** Says what nobody asked for and somebody must know: in the history of the tenant, or the vendor's own, and in the operator's log. */
export async function raiseAlert(alert: Alert): Promise<void> {
  const requestId = randomUUID();
  log().warn(
    {
      alert: alert.kind,
      tenantId: alert.tenantId,
      target: alert.target,
      requestId,
      providerRequestIds: alert.providerRequestIds,
    },
    wordsOf(alert.message),
  );
  await appendAudit({
    tenantId: alert.tenantId,
    actor: 'Keyward',
    actorRole: 'system',
    operation: alert.kind,
    outcome: 'done',
    ...(alert.target === null ? {} : { target: alert.target }),
    after: { text: alert.message ?? '', ...(alert.apps === undefined ? {} : { apps: alert.apps }) },
    requestId,
    providerRequestIds: alert.providerRequestIds,
  });
}

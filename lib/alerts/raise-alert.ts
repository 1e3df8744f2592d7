import 'server-only';
import { randomUUID } from 'node:crypto';
import { log } from '../config/log.ts';
import { appendAudit } from '../db/audit-store.ts';

export type Alert = {
  /** Such as "key-revoked", "activation-failed". */
  kind: string;
  tenantId: string;
  /** ID of the enterprise key it is about. */
  target: string;
  /** One sentence, no secret. */
  text: string;
  awsRequestIds: string[];
};

/** Says what nobody asked for and somebody must know: in the tenant's own history, and in the operator's log. */
export async function raiseAlert(alert: Alert): Promise<void> {
  const requestId = randomUUID();
  log().warn(
    {
      alert: alert.kind,
      tenantId: alert.tenantId,
      target: alert.target,
      requestId,
      awsRequestIds: alert.awsRequestIds,
    },
    alert.text,
  );
  await appendAudit({
    tenantId: alert.tenantId,
    actor: 'Keyward',
    actorRole: 'system',
    operation: alert.kind,
    outcome: 'done',
    target: alert.target,
    after: { text: alert.text },
    requestId,
    awsRequestIds: alert.awsRequestIds,
  });
}

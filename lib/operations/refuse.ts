import 'server-only';
import type { Actor } from '../auth/identify.ts';
import type { Permission } from '../auth/permissions.ts';
import { type OperationError, Refusal } from '../byok/errors.ts';
import { log } from '../config/log.ts';
import { briefly, logOften } from '../config/log-often.ts';
import { isDatabaseBusy, isDatabaseDown, isUniqueViolation, isUnstorableText } from '../db/client.ts';
import { noteRefusal } from '../db/refusal-counts.ts';
import { namePeople } from './name-people.ts';
import { roleOf, whoIs } from './who.ts';

/** What a caller is answered in place of what was thrown, after the log and, where it belongs there, the history were told. */
export async function refuse(
  spec: { name: string; permission: Permission },
  { actor, requestId, input }: { actor: Actor; requestId: string; input: unknown },
  error: unknown,
): Promise<OperationError> {
  const refusal = toRefusal(error);
  logFailure(spec.name, requestId, refusal.code, error);
  // Reading what is not there is no event; what changes something, or was not allowed to the caller, is.
  const audits = refusal.code === 'forbidden' || !spec.permission.endsWith('.read');
  if (audits && actor.kind !== 'anonymous' && refusal.code !== 'unavailable') {
    const tenantId = actor.tenantId;
    const target = targetOf(input);
    await noteRefusal({
      tenantId,
      actor: whoIs(actor),
      actorRole: roleOf(actor),
      operation: spec.name,
      outcome: refusal.code === 'internal' ? 'failed' : 'refused',
      code: refusal.code,
      ...(target ? { target } : {}),
      requestId,
      providerRequestIds: providerRequestIdsOf(refusal),
    }).catch((failure) => log().error({ err: failure, requestId }, 'audit failed'));
  }
  return {
    code: refusal.code,
    requestId,
    ...(refusal.fields ? { fields: refusal.fields } : {}),
    ...(refusal.details ? { details: await detailsOf(refusal.details) } : {}),
  };
}

/** Where names cannot be resolved, the rest is told all the same. */
async function detailsOf(details: NonNullable<Refusal['details']>): Promise<typeof details> {
  return namePeople(details).catch(() => details);
}

/** What is nobody's mistake strikes every request at once: a line per kind and second tells of it. */
function logFailure(operationName: string, requestId: string, code: string, error: unknown): void {
  if (code === 'unavailable') {
    const kind = isDatabaseDown(error) ? 'database-down' : isDatabaseBusy(error) ? 'database-busy' : 'unavailable';
    const fields = { operation: operationName, reason: briefly(error) };
    logOften(kind, { requestId, fields }, 'operations are refused as unavailable');
  } else if (code === 'internal') {
    const kind = `internal ${operationName} ${error instanceof Error ? error.name : typeof error}`;
    logOften(kind, { requestId, fields: { err: error, operation: operationName } }, 'operation failed');
  }
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isDatabaseDown(error) || isDatabaseBusy(error)) return new Refusal('unavailable', { cause: error });
  if (isUniqueViolation(error)) return new Refusal('conflict', { cause: error });
  if (isUnstorableText(error)) return new Refusal('invalid-input', { fields: { input: unstorable }, cause: error });
  return new Refusal('internal', { cause: error });
}

const unstorable = 'This contains a character that cannot be stored (NUL). Remove it.';

/** What was tried on: the first ID in the input. Nothing but an ID is taken out of what was refused. */
function targetOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined;
  for (const [name, value] of Object.entries(input))
    if (name.endsWith('Id') && typeof value === 'string' && uuid.test(value)) return value.toLowerCase();
  return undefined;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function providerRequestIdsOf(refusal: Refusal): string[] {
  const ids = refusal.details?.providerRequestIds;
  return Array.isArray(ids) ? ids : [];
}

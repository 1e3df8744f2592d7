import 'server-only';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Actor, type Caller, identify } from '../auth/identify.ts';
import { type Permission, permissions } from '../auth/permissions.ts';
import { type OperationError, Refusal, type Result } from '../byok/errors.ts';
import { countOf } from '../byok/format.ts';
import { getConfig } from '../config/config.ts';
import { log } from '../config/log.ts';
import type { TenantLimitName } from '../config/tenant-limits.ts';
import { type AuditEntry, appendAudit } from '../db/audit-store.ts';
import { type Tx, transaction } from '../db/client.ts';
import { databaseNow } from '../db/database-clock.ts';
import { type TenantUse, takeUse } from '../db/tenant-uses.ts';
import { namePeople } from './name-people.ts';
import { refuse } from './refuse.ts';
import { roleOf, whoIs } from './who.ts';
import { withTimeout } from './with-timeout.ts';

/** What the wrapper writes into the history together with the change itself. Never a secret, never a plaintext. */
export type AuditDetail = Pick<AuditEntry, 'target' | 'before' | 'after' | 'providerRequestIds'> & {
  /** Whose history it belongs in, where that is not the caller's own tenant. */
  tenantId?: string;
};

export type RunContext = {
  actor: Actor;
  /** As it is stored: a person by ID, "token kw_ab12…" of a service, "command line (root)" of a command on the server. */
  who: string;
  /** The operation's own name: what a conflict calls the change that somebody else has made. */
  operationName: string;
  /** The caller's own tenant; empty for the vendor's people. */
  tenantId: string;
  requestId: string;
  /** By the database's clock. */
  now: Date;
  /** Ends a command: one transaction with the change and its audit event. Network work is done before. */
  commit<T>(work: (tx: Tx) => Promise<{ data: T; audit: AuditDetail }>): Promise<T>;
};

type Spec<S extends z.ZodType, P extends Permission> = {
  /** The file's name: what the history, the permission table and the log call it. */
  name: string;
  permission: P;
  input: S;
  /** For what is costly: how often a tenant may have it done. */
  limit?: TenantLimitName;
};

type RunSpec<S extends z.ZodType, P extends Permission, T> = Spec<S, P> & {
  run(context: RunContext, input: z.output<S>): Promise<T>;
};

type StreamSpec<S extends z.ZodType, P extends Permission, E> = Spec<S, P> & {
  /** What the history is told at the end, also when the reader has gone. */
  run(context: RunContext, input: z.output<S>, audit: { detail: AuditDetail }): AsyncGenerator<E>;
};

/** `requestId` where the call has one already: what is answered, logged and written into the history goes by it. */
export type Operation<S extends z.ZodType, T> = ((
  caller: Caller,
  input: z.input<S>,
  requestId?: string,
) => Promise<Result<T>>) & {
  readonly operationName: string;
  readonly permission: Permission;
  readonly input: S;
};

export type StreamOperation<S extends z.ZodType, E> = ((
  caller: Caller,
  input: z.input<S>,
) => Promise<AsyncGenerator<E | { type: 'error'; error: OperationError }>>) & {
  readonly operationName: string;
  readonly permission: Permission;
  readonly input: S;
};

/** Resolving who calls is the first question to the database: one that is silent then will not answer the rest. */
const databaseAnswersMs = 10_000;

/**
 * One thing that a person or a service can do. Whatever route a call came by, here it is asked who calls, whether
 * that role may, and for which tenant; the input is parsed; the outcome is audited; and nothing is ever thrown.
 */
export function operation<S extends z.ZodType, P extends Permission, T>(spec: RunSpec<S, P, T>): Operation<S, T> {
  const call = async (caller: Caller, input: z.input<S>, requestId: string = randomUUID()): Promise<Result<T>> => {
    let actor: Actor = { kind: 'anonymous' };
    try {
      actor = await withTimeout(databaseAnswersMs, identify(caller, databaseNow()));
      const context = enter(spec, actor, requestId);
      const parsed = parse(spec.input, input);
      const use = await takeLimited(spec, context, parsed);
      try {
        return { ok: true, data: await namePeople(await spec.run(context, parsed)) };
      } finally {
        await endUse(use);
      }
    } catch (error) {
      return { ok: false, error: await refuse(spec, { actor, requestId, input }, error) };
    }
  };
  return Object.assign(call, { operationName: spec.name, permission: spec.permission, input: spec.input });
}

operation.stream = function stream<S extends z.ZodType, P extends Permission, E>(
  spec: StreamSpec<S, P, E>,
): StreamOperation<S, E> {
  const call = async (caller: Caller, input: z.input<S>) => {
    const requestId = randomUUID();
    let actor: Actor = { kind: 'anonymous' };
    try {
      actor = await withTimeout(databaseAnswersMs, identify(caller, databaseNow()));
      const context = enter(spec, actor, requestId);
      const parsed = parse(spec.input, input);
      return audited(spec, context, parsed, await takeLimited(spec, context, parsed));
    } catch (error) {
      const refused = await refuse(spec, { actor, requestId, input }, error);
      return (async function* () {
        yield { type: 'error' as const, error: refused };
      })();
    }
  };
  return Object.assign(call, { operationName: spec.name, permission: spec.permission, input: spec.input });
};

async function* audited<S extends z.ZodType, P extends Permission, E>(
  spec: StreamSpec<S, P, E>,
  context: RunContext,
  input: z.output<S>,
  use: TenantUse | undefined,
): AsyncGenerator<E | { type: 'error'; error: OperationError }> {
  const audit: { detail: AuditDetail } = { detail: {} };
  let failed: OperationError | undefined;
  try {
    for await (const event of spec.run(context, input, audit)) yield await namePeople(event);
  } catch (error) {
    failed = await refuse(spec, { ...context, input }, error);
    yield { type: 'error', error: failed };
  } finally {
    await endUse(use);
    if (!failed)
      await appendAudit(entry(spec.name, context, audit.detail, 'done')).catch((error) =>
        log().error({ err: error }, 'audit failed'),
      );
  }
}

/** Who calls, and whether they may: everything before the input is even looked at. */
function enter(spec: { permission: Permission; name: string }, actor: Actor, requestId: string): RunContext {
  const rule = permissions[spec.permission];
  if (rule.scope !== 'public') {
    if (actor.kind === 'anonymous') throw new Refusal(actor.ended ? 'token-ended' : 'unauthenticated');
    if (!mayCall(spec.permission, actor)) throw new Refusal('forbidden');
    if (actor.kind === 'person' && actor.mustChangePassword && rule.scope !== 'self')
      throw new Refusal('password-change-required');
  }
  const tenantId = actor.kind === 'anonymous' ? '' : (actor.tenantId ?? '');
  if (rule.scope === 'tenant' && !tenantId) throw new Refusal('forbidden');
  const context: RunContext = {
    actor,
    who: whoIs(actor),
    operationName: spec.name,
    tenantId,
    requestId,
    now: databaseNow(),
    commit: (work) =>
      transaction(async (tx) => {
        const { data, audit } = await work(tx);
        await appendAudit(entry(spec.name, context, audit, 'done'), tx);
        return data;
      }),
  };
  return context;
}

/** What is costly is done for a tenant so often and no more; who has no tenant does it for the one that the input names. */
async function takeLimited(
  spec: { name: string; limit?: TenantLimitName },
  context: RunContext,
  input: unknown,
): Promise<TenantUse | undefined> {
  if (spec.limit === undefined) return undefined;
  const named: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'tenantId') : undefined;
  const tenantId = context.tenantId || String(named);
  const use = await takeUse(tenantId, spec.limit, getConfig().tenantLimits[spec.limit]);
  if (!('retryAfterMs' in use)) return use;
  const seconds = Math.ceil(use.retryAfterMs / 1_000);
  const reason = `Your organisation did this too often. Try again in ${countOf(seconds, 'second')}.`;
  throw new Refusal('too-many-requests', { details: { reason, retryAfterSeconds: seconds } });
}

/** A place that cannot be given back now is free again at its end. */
async function endUse(use: TenantUse | undefined): Promise<void> {
  await use?.end().catch((error: unknown) => log().warn({ err: error }, 'a place was not given back'));
}

function mayCall(permission: Permission, actor: Actor): boolean {
  const rule: { scope: string; roles: readonly string[]; token?: string } = permissions[permission];
  switch (actor.kind) {
    case 'anonymous':
      return false;
    case 'person':
      return rule.roles.includes(actor.role);
    case 'token':
      return actor.actions.some((action) => action === rule.token);
    case 'command-line':
      return rule.scope === 'vendor' && rule.roles.includes('operator');
  }
}

function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    // Named as the form names them: what a wizard step holds lies in `values`.
    const path = issue.path[0] === 'values' ? issue.path.slice(1) : issue.path;
    fields[path.join('.') || 'input'] ??= issue.message;
  }
  throw new Refusal('invalid-input', { fields });
}

function entry(name: string, context: RunContext, detail: AuditDetail, outcome: 'done'): AuditEntry {
  return {
    tenantId: context.tenantId || null,
    ...detail,
    actor: context.who,
    actorRole: roleOf(context.actor),
    operation: name,
    outcome,
    requestId: context.requestId,
  };
}

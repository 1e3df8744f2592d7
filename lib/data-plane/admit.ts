import 'server-only';
import { Refusal } from '../byok/errors.ts';
import { briefly, logOften } from '../config/log-often.ts';
import { withTimeout } from '../operations/with-timeout.ts';
import type { Call } from './call.ts';
import type { KnownCaller, Memory, Service } from './memory.ts';
import { tooFast } from './too-fast.ts';

/** Resolving who calls is the first question to the database: one that is silent then will not answer the rest. */
const databaseAnswersMs = 10_000;
/** Callers that are resolved at once: made-up tokens must not keep everybody else from the database. */
const mostResolved = 64;
let lookingUp = 0;

/**
 * Lets a request go on whose token is known and whose tenant has not asked too much; whatever has a body is not read before.
 * `then` is called in the same turn where the caller is remembered.
 */
export function admit(call: Call, memory: Memory, then: (service: Service) => void): void {
  const authorization = call.req.headers.authorization ?? '';
  const known = memory.caller(authorization);
  if (known !== undefined) go(call, memory, known, then);
  else if (lookingUp >= mostResolved && !memory.isAsked(authorization))
    call.refuse('unavailable', { retryAfterMs: 1_000 });
  else askAndGo(call, memory, authorization, then);
}

function askAndGo(call: Call, memory: Memory, authorization: string, then: (service: Service) => void): void {
  // However many come with the same token at once, it is one look-up.
  const asks = memory.isAsked(authorization) ? 0 : 1;
  lookingUp += asks;
  withTimeout(databaseAnswersMs, memory.askCaller(authorization))
    .finally(() => {
      lookingUp -= asks;
    })
    .then(
      (caller) => go(call, memory, caller, then),
      (error: unknown) => {
        const { requestId } = call;
        if (!(error instanceof Refusal))
          logOften(
            'caller-unknown',
            { requestId, fields: { reason: briefly(error) } },
            'callers could not be resolved',
          );
        call.refuse('unavailable');
      },
    );
}

function go(call: Call, memory: Memory, { service, ended }: KnownCaller, then: (service: Service) => void): void {
  const waitMs = service ? memory.limits(service.tenantId).takeRequest(call.startedAt) : 0;
  if (!service) call.refuse(ended ? 'token-ended' : 'unauthenticated');
  else if (waitMs > 0) call.refuse('too-many-requests', tooFast(waitMs));
  else {
    call.isAdmitted = true;
    then(service);
  }
}

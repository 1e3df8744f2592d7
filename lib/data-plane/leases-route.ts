import 'server-only';
import { callerOf } from '../auth/bearer.ts';
import { DuplicateName, parseStrictJson } from '../byok/strict-json.ts';
import { leaseDataKey } from '../operations/data/lease-data-key.ts';
import { admit } from './admit.ts';
import type { Call } from './call.ts';
import type { Memory } from './memory.ts';
import { readBody } from './read-body.ts';
import { tooFast } from './too-fast.ts';

const maxBodyBytes = 4_096;

/** Hands out a data key, each time by the operation: it is told to the history before it leaves. */
export function answerLease(call: Call, memory: Memory, appId: string): void {
  admit(call, memory, (service) => {
    readBody(call, { tenantId: service.tenantId, mostBytes: maxBodyBytes }, (body) => {
      const waitMs = memory.limits(service.tenantId).takeItems(1, performance.now());
      if (waitMs > 0) call.refuse('too-many-requests', tooFast(waitMs));
      else lease(call, appId, Buffer.concat(body)).catch((error: unknown) => call.fail(error));
    });
  });
}

async function lease(call: Call, appId: string, body: Buffer): Promise<void> {
  const asked = askedIn(body.toString('utf8'));
  if (typeof asked === 'string') return call.refuse('invalid-input', { fields: { body: asked } });
  const caller = callerOf(call.req.headers.authorization ?? '');
  const { dataKeyId, messages } = asked;
  // What they are is for the operation to judge.
  const input = { appId, dataKeyId, messages } as { appId: string; dataKeyId?: string; messages?: number };
  call.answerResult(await leaseDataKey(caller, input, call.requestId));
}

/** An empty body asks for nothing in particular. @returns what is wrong with it, where something is */
function askedIn(text: string): { dataKeyId?: unknown; messages?: unknown } | string {
  if (text === '') return {};
  try {
    const parsed: unknown = parseStrictJson(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed : noObject;
  } catch (error) {
    return error instanceof DuplicateName ? error.message : noObject;
  }
}

const noObject = 'Send a JSON object.';

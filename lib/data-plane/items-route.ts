import 'server-only';
import { callerOf } from '../auth/bearer.ts';
import { decryptItems } from '../operations/decrypt-items.ts';
import { encryptItems } from '../operations/encrypt-items.ts';
import { maxItems } from '../operations/parts/items.ts';
import { admit, tooFast } from './admit.ts';
import type { Call } from './call.ts';
import { isOvergrown, maxContainers, maxDepth } from './json-shape.ts';
import type { Memory, Service } from './memory.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './read-body.ts';
import { openWarm, sealWarm, type WarmAnswer } from './warm-items.ts';

/** 100 items of 1 MiB as base64, and their contexts. */
export const maxBodyBytes = 145 * 1024 * 1024;

const kinds = {
  encrypt: { warm: sealWarm, operation: encryptItems },
  decrypt: { warm: openWarm, operation: decryptItems },
} as const;
export type ItemsKind = keyof typeof kinds;
export type Answering = { memory: Memory; metrics: Metrics };

/**
 * Answers a batch. What is warm and in order is answered from memory, without a question to anybody; everything else goes the
 * way that it goes in the web process, through the operation, which refuses, audits and logs.
 */
export function answerItems(call: Call, answering: Answering, kind: ItemsKind, appId: string): void {
  admit(call, answering.memory, (service) => {
    readBody(call, maxBodyBytes, (body) => {
      const text = body.toString('utf8');
      if (isOvergrown(text)) call.refuse('invalid-input', { fields: { body: overgrown } });
      else answerParsed(call, answering, service, { kind, appId, items: itemsIn(text) });
    });
  });
}

/** A batch may name several data keys; beyond so many that are not there, the operation asks for all of them at once. */
const maxWaits = 3;

type Batch = { kind: ItemsKind; appId: string; items: unknown[] };

function answerParsed(call: Call, answering: Answering, service: Service, batch: Batch): void {
  const { memory, metrics } = answering;
  const waitMs = takeItems(memory, service.tenantId, batch.items.length, call.startedAt);
  if (waitMs > 0) {
    call.refuse('too-many-requests', tooFast(waitMs));
    return;
  }
  const warm = answerWarm(memory, service, batch);
  if (typeof warm === 'string') {
    metrics.warm();
    call.answerAscii(warm);
  } else {
    answerLater(call, answering, service, batch, warm).catch((error: unknown) => call.fail(error));
  }
}

/** Waits for a key that is being asked for anyway, and then takes the operation. */
async function answerLater(
  call: Call,
  { memory, metrics }: Answering,
  service: Service,
  batch: Batch,
  first: WarmAnswer,
): Promise<void> {
  // Whoever goes away now is not waited for.
  call.res.once('close', () => call.end(0));
  let warm = first;
  for (let waits = 0; waits < maxWaits && warm instanceof Promise; waits++) {
    await warm;
    warm = answerWarm(memory, service, batch);
  }
  if (typeof warm !== 'string') {
    await answerByOperation(call, batch);
    return;
  }
  metrics.warm();
  call.answerAscii(warm);
}

function answerWarm(memory: Memory, { tenantId, actions }: Service, batch: Batch): WarmAnswer {
  const { kind, appId, items } = batch;
  if (!actions.includes(kind) || items.length === 0 || items.length > maxItems || !uuid.test(appId)) return undefined;
  return kinds[kind].warm(memory, { tenantId, appId: appId.toLowerCase() }, items);
}

async function answerByOperation(call: Call, { kind, appId, items }: Batch): Promise<void> {
  const caller = callerOf(call.req.headers.authorization ?? '');
  call.answerResult<object>(await kinds[kind].operation(caller, { appId, items }, call.requestId));
}

/** More than may be in a batch is refused as such, and costs as much as one item. */
function takeItems(memory: Memory, tenantId: string, count: number, now: number): number {
  return memory.limits(tenantId).takeItems(count > maxItems ? 1 : Math.max(1, count), now);
}

/** The items of a body; none where it is no JSON, or nothing that could be a batch. */
function itemsIn(text: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    const items: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'items') : undefined;
    return Array.isArray(items) ? items : [];
  } catch {
    return [];
  }
}

const overgrown = `Send a body of at most ${maxDepth} levels, with at most ${maxContainers} lists and objects in it.`;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

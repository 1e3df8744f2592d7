import 'server-only';
import { callerOf } from '../auth/bearer.ts';
import { DuplicateName, parseStrictJson } from '../byok/strict-json.ts';
import { decryptItems } from '../operations/data/decrypt-items.ts';
import { encryptItems } from '../operations/data/encrypt-items.ts';
import { maxItems } from '../operations/data/items.ts';
import { admit } from './admit.ts';
import type { Call } from './call.ts';
import { BrokenOff } from './drained.ts';
import { JsonShape } from './json-shape.ts';
import { answerLarge, itemsOf } from './large-items.ts';
import type { Memory, Service } from './memory.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './read-body.ts';
import { tooFast } from './too-fast.ts';
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
    const shape = new JsonShape();
    readBody(call, { tenantId: service.tenantId, mostBytes: maxBodyBytes, shape }, (body) => {
      const asked = { kind, appId };
      if (sizeOf(body) > largeBytes) answerSlices(call, answering, service, { ...asked, body, shape });
      else answerWhole(call, answering, service, { ...asked, body, shape });
    });
  });
}

/** From here on a batch is parsed and answered in slices, between which other requests have their turn. */
const largeBytes = 1024 * 1024;

type Asked = { kind: ItemsKind; appId: string; body: Buffer[]; shape: JsonShape };

function answerWhole(call: Call, answering: Answering, service: Service, { kind, appId, body, shape }: Asked): void {
  const first = body[0];
  const bytes = first !== undefined && body.length === 1 ? first : Buffer.concat(body);
  const items = itemsIn(bytes.toString('utf8'), shape.names);
  if (typeof items === 'string') call.refuse('invalid-input', { fields: { body: items } });
  else answerParsed(call, answering, service, { kind, appId, items });
}

function answerSlices(call: Call, answering: Answering, service: Service, { kind, appId, body, shape }: Asked): void {
  // Whoever goes away now is not waited for.
  call.res.once('close', () => call.end(0));
  const caller = callerOf(call.req.headers.authorization ?? '');
  const slicing = {
    body,
    spans: shape.items,
    names: shape.names,
    mayTake: (count: number) => takeItems(answering.memory, service.tenantId, count, performance.now()),
    answer: async (items: unknown[]) => {
      const batch = { kind, appId, items };
      const warm = await warmOrNot(answering, service, batch);
      return warm ?? (await kinds[kind].operation(caller, { appId, items }, call.requestId));
    },
  };
  answerLarge(call, slicing).catch((error: unknown) => {
    if (error instanceof BrokenOff) call.abort();
    else call.fail(error);
  });
}

function sizeOf(body: readonly Buffer[]): number {
  let size = 0;
  for (const { length } of body) size += length;
  return size;
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
  answering: Answering,
  service: Service,
  batch: Batch,
  first: WarmAnswer,
): Promise<void> {
  // Whoever goes away now is not waited for.
  call.res.once('close', () => call.end(0));
  const warm = await waitForWarm(answering, service, batch, first);
  if (warm !== undefined) call.answerAscii(warm);
  else await answerByOperation(call, batch);
}

async function warmOrNot(answering: Answering, service: Service, batch: Batch): Promise<string | undefined> {
  return await waitForWarm(answering, service, batch, answerWarm(answering.memory, service, batch));
}

async function waitForWarm(
  { memory, metrics }: Answering,
  service: Service,
  batch: Batch,
  first: WarmAnswer,
): Promise<string | undefined> {
  let warm = first;
  for (let waits = 0; waits < maxWaits && warm instanceof Promise; waits++) {
    await warm;
    warm = answerWarm(memory, service, batch);
  }
  if (typeof warm !== 'string') return undefined;
  metrics.warm();
  return warm;
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

/** The items of a body, none where it is no JSON or nothing that could be a batch; or what is wrong with it. */
function itemsIn(text: string, names: number): unknown[] | string {
  try {
    return itemsOf(parseStrictJson(text, names));
  } catch (error) {
    return error instanceof DuplicateName ? error.message : [];
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

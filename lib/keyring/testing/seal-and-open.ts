/** For tests: one message of an app, there and back through the process's cache. */
import type { Refusal } from '../../byok/errors.ts';
import { parseEnvelope } from '../../envelope/format.ts';
import { type OpenResult, openItems } from '../../envelope/open.ts';
import { sealItems } from '../../envelope/seal.ts';
import type { World } from '../../operations/testing/world.ts';
import { cachedSource } from '../keyring.ts';

export type Envelope = { appId: string; bytes: Buffer; dataKeyId: string };

export async function seal(world: World, appId: string): Promise<Envelope> {
  const scope = { tenantId: world.acme.id, appId };
  const [bytes] = await sealItems(cachedSource(), scope, [{ plaintext: Buffer.from('hello'), context: {} }]);
  if (!bytes) throw new Error('nothing was sealed');
  return { appId, bytes, dataKeyId: parseEnvelope(bytes).dataKeyId };
}

export async function open(world: World, { appId, bytes }: Envelope, source = cachedSource()): Promise<OpenResult> {
  const scope = { tenantId: world.acme.id, appId };
  const [result] = await openItems(source, scope, [{ envelope: bytes, context: {} }]);
  if (!result) throw new Error('nothing was opened');
  return result;
}

/** `ok`, or why it did not open. */
export async function tryOpen(world: World, envelope: Envelope): Promise<string> {
  const result = await open(world, envelope);
  return result.ok ? 'ok' : (result.error as Refusal).code;
}

/** How often the customer's CloudTrail has seen a call of this name. */
export async function countCalls(world: World, ...names: string[]): Promise<number> {
  return (await world.aws.calls()).filter((call) => names.includes(String(call.eventName))).length;
}

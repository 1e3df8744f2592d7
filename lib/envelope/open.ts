import { type CheckedContext, checkedContext, type EncryptionContext } from './context.ts';
import type { DataKey } from './data-key.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { EnvelopeError, isDestroyed } from './errors.ts';
import { type ParsedEnvelope, parseEnvelope } from './format.ts';
import { withDataKey } from './with-data-key.ts';

/** A context that was checked before is not checked again. */
export type OpenItem = Readonly<{ envelope: Uint8Array; context: EncryptionContext | CheckedContext }>;

/** `error` is an EnvelopeError, or what the data key source threw for this item's data key, unchanged. */
export type OpenResult = { ok: true; plaintext: Buffer<ArrayBuffer>; dataKeyId: string } | { ok: false; error: Error };

/**
 * Opens each item on its own; the results are in the order of the items. The data key is selected by the ID in the
 * envelope *and* the scope before anything is decrypted, once for all items that name it. Nothing found, a wrong tag
 * and a wrong context are the same `cannot-open`. Never rejects on account of an item.
 */
export async function openItems(
  source: DataKeySource,
  scope: Scope,
  items: readonly OpenItem[],
): Promise<OpenResult[]> {
  const results: OpenResult[] = [];
  const byDataKey = new Map<string, Prepared[]>();
  for (const [index, item] of items.entries()) {
    const prepared = attempt(() => prepare(index, item));
    if (prepared instanceof Error) results[index] = { ok: false, error: prepared };
    else append(byDataKey, prepared.parsed.dataKeyId, prepared);
  }
  const groups = await Promise.all([...byDataKey].map(([id, group]) => openGroup(source, scope, id, group)));
  for (const { index, result } of groups.flat()) results[index] = result;
  return results;
}

type Opened = { index: number; result: OpenResult };
type Prepared = { index: number; parsed: ParsedEnvelope; context: CheckedContext };

/** What can be refused without a key is refused without one: no KMS call for nonsense. */
function prepare(index: number, item: OpenItem): Prepared {
  const parsed = parseEnvelope(item.envelope);
  return { index, parsed, context: checkedContext(item.context) };
}

async function openGroup(
  source: DataKeySource,
  scope: Scope,
  dataKeyId: string,
  group: readonly Prepared[],
): Promise<Opened[]> {
  try {
    return await withDataKey(
      scope,
      () => source.byId(scope, dataKeyId),
      (key) => group.map((item) => ({ index: item.index, result: openOne(key, item) })),
    );
  } catch (thrown) {
    const error = toError(thrown);
    return group.map(({ index }) => ({ index, result: { ok: false, error } }));
  }
}

function openOne(key: DataKey | undefined, item: Prepared): OpenResult {
  if (key === undefined) return { ok: false, error: cannotOpen('There is no such data key in this tenant and app.') };
  const plaintext = attempt(() => key.open(item.parsed, item.context));
  // Destroyed keys are the caller's to ask for again, for the whole group.
  if (isDestroyed(plaintext)) throw plaintext;
  if (plaintext instanceof Error) return { ok: false, error: plaintext };
  return { ok: true, plaintext, dataKeyId: key.id };
}

function attempt<T>(run: () => T): T | Error {
  try {
    return run();
  } catch (error) {
    return toError(error);
  }
}

/** A source's fault (`wrong-data-key`) must not tell a reader more than any other failure. */
function toError(thrown: unknown): Error {
  if (thrown instanceof EnvelopeError && thrown.code === 'wrong-data-key') {
    return new EnvelopeError('cannot-open', thrown.detail, { cause: thrown });
  }
  return thrown instanceof Error ? thrown : new Error('The data key source failed.', { cause: thrown });
}

function cannotOpen(detail: string): EnvelopeError {
  return new EnvelopeError('cannot-open', detail);
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

import { assertContext, type EncryptionContext } from './context.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { EnvelopeError } from './errors.ts';
import { withDataKey } from './with-data-key.ts';

export type SealItem = Readonly<{ plaintext: Uint8Array; context: EncryptionContext }>;

/**
 * Seals under the app's current data key; the envelopes are in the order of the items. All or nothing: whoever wants
 * to refuse single items checks their contexts with `assertContext` before.
 * @throws EnvelopeError `bad-context`, before any data key is asked for; whatever the source throws.
 */
export async function sealItems(
  source: DataKeySource,
  scope: Scope,
  items: readonly SealItem[],
): Promise<Buffer<ArrayBuffer>[]> {
  if (items.length === 0) return [];
  for (const item of items) assertContext(item.context);
  return withDataKey(
    scope,
    () => source.current(scope, items.length),
    (key) => {
      if (key === undefined) throw new EnvelopeError('wrong-data-key', 'The source has no current data key.');
      return items.map((item) => key.seal(item.plaintext, item.context));
    },
  );
}

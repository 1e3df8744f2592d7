import { type CheckedContext, checkedContext, type EncryptionContext } from './context.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { EnvelopeError } from './errors.ts';
import { withDataKey } from './with-data-key.ts';

/** A context that was checked before is not checked again. */
export type SealItem = Readonly<{ plaintext: Uint8Array; context: EncryptionContext | CheckedContext }>;

/**
 * Seals under the app's current data key; the envelopes are in the order of the items. All or nothing: whoever wants
 * to refuse single items checks their contexts with `new CheckedContext` before.
 * @throws EnvelopeError `bad-context`, before any data key is asked for; whatever the source throws.
 */
export function sealItems(
  source: DataKeySource,
  scope: Scope,
  items: readonly SealItem[],
): Promise<Buffer<ArrayBuffer>[]> {
  if (items.length === 0) return Promise.resolve([]);
  let checked: { plaintext: Uint8Array; context: CheckedContext }[] | undefined;
  return withDataKey(
    scope,
    () => {
      checked ??= items.map(({ plaintext, context }) => ({ plaintext, context: checkedContext(context) }));
      return source.current(scope, items.length);
    },
    (key) => {
      if (key === undefined) throw new EnvelopeError('wrong-data-key', 'The source has no current data key.');
      return (checked ?? []).map(({ plaintext, context }) => key.seal(plaintext, context));
    },
  );
}

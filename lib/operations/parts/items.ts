import { z } from 'zod';
import type { ErrorCode } from '../../byok/errors.ts';
import { assertContext, type EncryptionContext } from '../../envelope/context.ts';

export const maxItems = 100;
export const maxItemBytes = 1024 * 1024;

/** A batch for one app. An item's own faults refuse that item only, so nothing of it is looked at here. */
export const itemsInput = z.object({
  appId: z.uuid(),
  items: z.array(z.unknown()).min(1, 'Send at least one item.').max(maxItems, `Send at most ${maxItems} items.`),
});

/** @returns the bytes and the context, or the code with which this item is refused */
export function decodeItem(
  item: unknown,
  name: 'plaintext' | 'envelope',
): { bytes: Buffer; context: EncryptionContext } | ErrorCode {
  if (typeof item !== 'object' || item === null) return 'invalid-input';
  const text: unknown = Reflect.get(item, name);
  const context: unknown = Reflect.get(item, 'context') ?? {};
  if (typeof text !== 'string' || !isContext(context)) return 'invalid-input';
  const overhead = name === 'envelope' ? 57 : 0;
  if (text.length > Math.ceil((maxItemBytes + overhead) / 3) * 4) return 'too-large';
  const bytes = Buffer.from(text, 'base64');
  // Buffer skips over what is not base64; only text that says exactly these bytes is taken.
  if (bytes.toString('base64') !== text) return 'invalid-input';
  return bytes.length > maxItemBytes + overhead ? 'too-large' : { bytes, context };
}

function isContext(value: unknown): value is EncryptionContext {
  try {
    assertContext(value);
    return true;
  } catch {
    return false;
  }
}

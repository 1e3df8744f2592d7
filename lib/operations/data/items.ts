import { z } from 'zod';
import type { ErrorCode } from '../../byok/errors.ts';
import { assertContext, type EncryptionContext } from '../../envelope/context.ts';
import { ENVELOPE_OVERHEAD_BYTES } from '../../envelope/format.ts';

export const maxItems = 100;
export const maxItemBytes = 1024 * 1024;

/** A batch for one app. An item's own faults refuse that item only, so nothing of it is looked at here. */
export const itemsInput = z.object({
  appId: z.uuid(),
  items: z.array(z.unknown()).min(1, 'Send at least one item.').max(maxItems, `Send at most ${maxItems} items.`),
});

export type ItemName = 'plaintext' | 'envelope';

/** @returns the bytes and the context, or the code with which this item is refused */
export function decodeItem(item: unknown, name: ItemName): { bytes: Buffer; context: EncryptionContext } | ErrorCode {
  if (typeof item !== 'object' || item === null) return 'invalid-input';
  const text: unknown = Reflect.get(item, name);
  const context: unknown = Reflect.get(item, 'context') ?? {};
  if (typeof text !== 'string' || !isContext(context)) return 'invalid-input';
  const bytes = decodeText(text, name);
  return typeof bytes === 'string' ? bytes : { bytes, context };
}

/** An item's bytes, out of its text in base64; or the code with which the item is refused. */
export function decodeText(text: string, name: ItemName): Buffer | 'invalid-input' | 'too-large' {
  const most = maxItemBytes + (name === 'envelope' ? ENVELOPE_OVERHEAD_BYTES : 0);
  if (text.length > Math.ceil(most / 3) * 4) return 'too-large';
  const bytes = Buffer.from(text, 'base64');
  if (!saysExactly(text, bytes)) return 'invalid-input';
  return bytes.length > most ? 'too-large' : bytes;
}

/**
 * Buffer skips over what is not base64 and takes the alphabet for URLs, too; only text that says exactly these bytes is taken.
 * Told without encoding all of it again: a character that was skipped leaves the bytes too few for the text's length, and what
 * the last group says is compared, padding and idle bits included.
 */
function saysExactly(text: string, bytes: Buffer): boolean {
  if (text.length !== Math.ceil(bytes.length / 3) * 4) return false;
  if (text.includes('-') || text.includes('_')) return false;
  const lastGroup = bytes.length - (bytes.length % 3 || 3);
  return bytes.length === 0 || text.endsWith(bytes.toString('base64', lastGroup));
}

function isContext(value: unknown): value is EncryptionContext {
  try {
    assertContext(value);
    return true;
  } catch {
    return false;
  }
}

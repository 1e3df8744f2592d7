import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { assertContext, type EncryptionContext } from '../../envelope/context.ts';

/** A stream is made when it is asked for, and is then its caller's to end or to destroy. */
export type StreamAnswer = { stream(): Duplex };

export const streamInput = z.object({
  appId: z.uuid(),
  context: z.custom<EncryptionContext>(isContext, 'Send a context of at most 32 pairs of texts and 8 KiB.'),
});

function isContext(value: unknown): boolean {
  try {
    assertContext(value);
    return true;
  } catch {
    return false;
  }
}

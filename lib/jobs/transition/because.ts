import { type ErrorCode, Refusal } from '../../byok/errors.ts';
import type { Message } from '../../byok/messages/message.ts';
import { wordsOf } from '../../byok/messages/words.ts';

/** The refusal of a key transition's try: the message is written down, its words are for whoever sees the error itself. */
export function because(code: ErrorCode, why: Message, providerRequestIds?: string[]): Refusal {
  return new Refusal(code, {
    details: { reason: wordsOf(why), ...(providerRequestIds ? { providerRequestIds } : {}) },
    why,
  });
}

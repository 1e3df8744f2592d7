import type { OperationError } from '#lib/byok/errors.ts';
import { toldError } from '#lib/byok/told-error.ts';

/**
 * A refusal as a person reads it: what happened, why (as far as this very refusal says), what it means, what to do, and
 * the request ID for support.
 */
export function noticeOf(error: OperationError): { title: string; meaning: string; next: string; requestId: string } {
  const { title, meaning, next } = isOwnChange(error) ? ownChange : toldError(error.code);
  const { reason, cause, next: specific } = error.details ?? {};
  // Some reasons end in their cause already.
  const causeIsSaid = typeof reason === 'string' && typeof cause === 'string' && reason.includes(cause);
  const why = [reason, causeIsSaid ? null : cause].filter((text) => typeof text === 'string');
  return {
    title,
    meaning: [...why, meaning].join(' '),
    next: typeof specific === 'string' ? specific : next,
    requestId: error.requestId,
  };
}

/** Whether the reader is who was first, in another window. */
export function isOwnChange({ code, details }: OperationError): boolean {
  return code === 'conflict' && details?.own !== undefined;
}

const ownChange = {
  title: 'You changed this in another window.',
  meaning: 'This change was not saved, so the other one is not lost.',
  next: 'Reload to see the other change, then make this one again.',
};

/** What a person reads when a server action itself did not come through: nothing is known about what happened. */
export const unreachable = {
  title: 'Keyward could not be reached.',
  meaning: 'Keyward could not confirm whether this was done.',
  next: 'Check your connection and the history, then try again.',
};

import type { OperationError } from '#lib/byok/errors.ts';

/** Why something was not done: the server's refusal, or that no answer came. */
export type ActionError = OperationError | 'no-answer';

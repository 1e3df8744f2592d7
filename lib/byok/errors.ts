import { internalErrorWords } from './internal-error.ts';
import type { Message } from './messages/message.ts';

/**
 * Every way in which an operation can say no, and what the person who asked reads.
 * The code is for programs and for support; the words say what happened, what it means, and the one next step.
 */
export type ErrorWords = {
  /** What happened. */
  title: string;
  /** What it means. */
  meaning: string;
  /** The one next step. */
  next: string;
  /** Status of the same answer over HTTP (RFC 9110). */
  status: number;
};

export const errorWords = {
  unauthenticated: {
    title: 'You are not signed in.',
    meaning: 'Your session has ended or never started. Nothing was changed.',
    next: 'Sign in and try again.',
    status: 401,
  },
  'token-ended': {
    title: 'This token has ended.',
    meaning: 'Its last day has passed. Nothing was done.',
    next: 'Ask an operator of the vendor for a new token.',
    status: 401,
  },
  'password-ended': {
    title: 'This one-time password has ended.',
    meaning: 'A one-time password can be used for 24 hours. You are not signed in.',
    next: 'Ask the person who gave it to you for a new one.',
    status: 401,
  },
  forbidden: {
    title: 'Your role does not allow this.',
    meaning: 'Nothing was changed. The attempt is in the history.',
    next: 'Ask an administrator of your organisation.',
    status: 403,
  },
  'password-change-required': {
    title: 'Choose a new password first.',
    meaning: 'You signed in with a one-time password.',
    next: 'Choose a new password, then continue.',
    status: 403,
  },
  'not-found': {
    title: 'Not found.',
    meaning: 'It doesn’t exist or you don’t have access.',
    next: 'Go back to the list and choose again.',
    status: 404,
  },
  'invalid-input': {
    title: 'There is a problem with what was entered.',
    meaning: 'Nothing was saved.',
    next: 'Correct the marked fields and try again.',
    status: 400,
  },
  conflict: {
    title: 'Someone else changed this first.',
    meaning: 'Your change was not saved, so theirs is not lost.',
    next: 'Reload to see their change, then make yours again.',
    status: 409,
  },
  'not-allowed-in-state': {
    title: 'The key’s current state does not allow this.',
    meaning: 'Nothing was changed.',
    next: 'Reload the page to see what can be done now.',
    status: 409,
  },
  'test-required': {
    title: 'This configuration has not passed its test.',
    meaning: 'A key is activated only after this exact configuration has passed its test.',
    next: 'Go to Test Configuration and run it.',
    status: 409,
  },
  'warnings-not-acknowledged': {
    title: 'The test has warnings that are not acknowledged yet.',
    meaning: 'Nothing was scheduled.',
    next: 'Read each warning in the review and acknowledge it by name.',
    status: 409,
  },
  'date-in-past': {
    title: 'The enforcement date has passed.',
    meaning: 'Nothing was scheduled.',
    next: 'Choose a later date, or Now.',
    status: 409,
  },
  'no-apps-selected': {
    title: 'No app or bot is selected.',
    meaning: 'A key that protects nothing cannot be activated.',
    next: 'Select at least one app or bot.',
    status: 409,
  },
  'app-taken': {
    title: 'A selected app or bot belongs to another enterprise key.',
    meaning: 'An app is protected by one key at a time. Nothing was scheduled.',
    next: 'Deselect it here, or remove it from the other key first.',
    status: 409,
  },
  'key-in-use': {
    title: 'This key is still in use.',
    meaning: 'Nothing was deleted.',
    next: 'Remove what uses it, then delete it.',
    status: 409,
  },
  'too-many-requests': {
    title: 'Too many tries.',
    meaning: 'To protect the data behind it, you can try this only a few times in a row.',
    next: 'Wait a minute, then try again.',
    status: 429,
  },
  'wrong-credentials': {
    title: 'Email or password is wrong.',
    meaning: 'You are not signed in.',
    next: 'Check both and try again.',
    status: 401,
  },
  'key-revoked': {
    title: 'Access to the customer’s key was denied.',
    meaning: 'The data stays encrypted, and the vendor cannot read it. Nothing is lost.',
    next: 'Enable the key, or restore the permission, to make it readable again.',
    status: 403,
  },
  'key-outage': {
    title: 'The key’s service does not answer.',
    meaning: 'This is an outage, not a revocation. Nothing is lost.',
    next: 'Try again in a minute.',
    status: 503,
  },
  'key-misconfigured': {
    title: 'The key cannot be used as it is configured.',
    meaning: 'Nothing was changed.',
    next: 'Run Test Configuration: it names the one thing to change.',
    status: 409,
  },
  'unknown-provider': {
    title: 'This version of Keyward does not know how this key is connected.',
    meaning: 'Keyward called no key service and changed nothing. This is not a revocation, and nothing is lost.',
    next: 'Send the request ID to the vendor’s support.',
    status: 501,
  },
  'cannot-open': {
    title: 'This envelope cannot be decrypted.',
    meaning: 'It is damaged, or it belongs to another app, tenant or context.',
    next: 'Check which app and context it was encrypted for.',
    status: 422,
  },
  'too-large': {
    title: 'This is larger than allowed.',
    meaning: 'Nothing was processed.',
    next: 'Send at most 100 items of at most 1 MiB each.',
    status: 413,
  },
  unavailable: {
    title: 'Keyward cannot reach its database.',
    meaning: 'Nothing was changed.',
    next: 'Try again in a minute.',
    status: 503,
  },
  internal: internalErrorWords,
} as const satisfies Record<string, ErrorWords>;

export type ErrorCode = keyof typeof errorWords;

/** What leaves an operation: either its data, or why not. Never both, never an exception. */
export type OperationError = {
  code: ErrorCode;
  requestId: string;
  /** Field name to message, for errors that belong beside a field. */
  fields?: Record<string, string>;
  /** Facts about this very refusal ("admin@acme.example saved revision 4"), never a secret. */
  details?: Record<string, string | number | string[]>;
};

export type Result<T> = { ok: true; data: T } | { ok: false; error: OperationError };

/** Thrown inside an operation to end it with a code; the wrapper turns it into a Result. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly fields?: Record<string, string>;
  readonly details?: Record<string, string | number | string[]>;
  /** Why, for who keeps it: what `details` says in words. */
  readonly why?: Message;

  constructor(
    code: ErrorCode,
    more: { fields?: Record<string, string>; details?: Refusal['details']; why?: Message; cause?: unknown } = {},
  ) {
    super(code, { cause: more.cause });
    this.name = 'Refusal';
    this.code = code;
    if (more.fields) this.fields = more.fields;
    if (more.details) this.details = more.details;
    if (more.why) this.why = more.why;
  }
}

import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import type { LossCause } from '#lib/byok/loss-causes.ts';
import type { FailureWords } from '#lib/byok/provider-rules.ts';

const locked = { meaning: 'The slot is locked.', next: 'Unlock the slot in the Vault of Tests.' };
const gone = {
  meaning: 'There is no such slot in this hall.',
  next: 'Look for the slot in the Vault of Tests. A slot that was emptied cannot be filled again, nor can the data under it be read.',
};
const refused = {
  meaning: 'The slot does not take our token, or does not bear the mark of our badge.',
  next: 'Give the slot its token or its mark again, in the Vault of Tests.',
};
const silent = {
  meaning: 'The Vault of Tests does not answer.',
  next: 'You don’t need to change anything. Try again in a minute.',
};

const failures: Partial<Record<KmsFailureCode, FailureWords>> = {
  'key-disabled': locked,
  'key-not-found': gone,
  'access-denied': refused,
  'kms-internal': { meaning: 'The Vault of Tests reports an error of its own.', next: silent.next },
  unreachable: silent,
  'timed-out': silent,
  'invalid-arn': { meaning: 'This is no slot’s name.', next: 'Enter the slot’s name again.' },
};

const losses: Partial<Record<LossCause, FailureWords>> = {
  'key-disabled': locked,
  'key-gone': gone,
  'permission-unclear': refused,
};

export function failureWords(failure: KmsFailureCode): FailureWords | undefined {
  return failures[failure];
}

export function lossWords(cause: LossCause): FailureWords | undefined {
  return losses[cause];
}

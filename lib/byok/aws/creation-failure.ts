/** Why AWS did not create a key, where more can be said than of any other call; undefined elsewhere. */
export function creationFailure(told: Told): { reason: string; next: string } | undefined {
  if (told.failure === 'access-denied') {
    return {
      reason: 'AWS does not let us create a key: kms:CreateKey or kms:TagResource is not permitted.',
      next: 'Add the statements that Connect shows to the permission policy, then try again.',
    };
  }
  if (told.providerCode === 'MalformedPolicyDocumentException') {
    return {
      reason:
        'AWS did not accept the key’s policy. A role or user that was made a moment ago may not be known to AWS KMS yet.',
      next: 'Try again in a minute. If it stays, allow kms:PutKeyPolicy in the permission policy for this moment.',
    };
  }
  return undefined;
}

/** The same of looking for one by its tag. */
export function lookFailure(told: Told): { meaning: string; next: string } | undefined {
  if (told.failure !== 'access-denied') return undefined;
  return {
    meaning: 'To look for it, kms:ListKeys is not permitted.',
    next: 'Add the statements that Connect shows to the permission policy, then try again.',
  };
}

/** An alias is taken by another key. */
export function isNameTaken({ providerCode }: Told): boolean {
  return providerCode === 'AlreadyExistsException';
}

type Told = { failure: string; providerCode: string | undefined };

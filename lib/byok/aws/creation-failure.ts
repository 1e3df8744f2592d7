/** Why AWS did not create a key, where more can be said than of any other call; undefined elsewhere. */
export function creationFailure(told: Told): { reason: string; next: string } | undefined {
  if (told.failure === 'access-denied') {
    return {
      reason: 'AWS does not let Keyward create a key: kms:CreateKey or kms:TagResource is not permitted.',
      next: 'Add the statements shown in the step AWS to the permission policy, then try again.',
    };
  }
  if (told.providerCode === 'MalformedPolicyDocumentException') {
    return {
      reason: 'AWS did not accept the key’s policy. AWS KMS may not know a role or user that was created a moment ago.',
      next: 'Try again in a minute. If this stays, allow kms:PutKeyPolicy in the permission policy for now.',
    };
  }
  return undefined;
}

/** The same of looking for one by its tag. */
export function lookFailure(told: Told): { meaning: string; next: string } | undefined {
  if (told.failure !== 'access-denied') return undefined;
  return {
    meaning: 'Keyward has no permission for kms:ListKeys, which it needs to look for the key.',
    next: 'Add the statements shown in the step AWS to the permission policy, then try again.',
  };
}

/** An alias is taken by another key. */
export function isNameTaken({ providerCode }: Told): boolean {
  return providerCode === 'AlreadyExistsException';
}

type Told = { failure: string; providerCode: string | undefined };

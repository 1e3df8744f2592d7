import type { FindingWords } from './finding.ts';

/** For what AWS refuses to save a policy, and what the person who pasted it reads. */
export const refusalWords = {
  'unknown-element': {
    severity: 'refused',
    title: 'There is an element that AWS does not know.',
    meaning: 'AWS refuses to save the policy. Names are written with a capital letter: Effect, Principal, Action.',
    next: 'Remove it, or spell it as AWS does.',
  },
  'bad-value': {
    severity: 'refused',
    title: 'An element is missing or has a value that AWS does not accept.',
    meaning: 'AWS refuses to save the policy.',
    next: 'Take the corrected statement, or write the element as AWS does.',
  },
  'bad-sid': {
    severity: 'refused',
    title: 'The Sid has a character that AWS does not accept.',
    meaning:
      'AWS refuses to save the policy. In IAM a Sid has letters and digits only; in a key policy it is any text.',
    next: 'Rename it.',
  },
  'sid-twice': {
    severity: 'refused',
    title: 'Two statements have the same Sid.',
    meaning: 'AWS refuses to save the policy.',
    next: 'Rename one of them.',
  },
  'principal-not-allowed': {
    severity: 'refused',
    title: 'A permission policy has no Principal.',
    meaning:
      'AWS refuses to save the policy. It belongs to a role already. Only trust and key policies say who they are about.',
    next: 'Remove Principal, or check the text as a key policy.',
  },
  'resource-not-allowed': {
    severity: 'refused',
    title: 'A trust policy has no Resource.',
    meaning: 'AWS refuses to save the policy. It is about the role that it belongs to.',
    next: 'Remove Resource.',
  },
  'not-principal-here': {
    severity: 'refused',
    title: 'NotPrincipal is not allowed here.',
    meaning: 'AWS accepts it in no trust policy, and in a key policy only with Deny.',
    next: 'Name who it is about in Principal, or use a condition on aws:PrincipalArn.',
  },
  'bad-principal': {
    severity: 'refused',
    title: 'AWS does not know this principal.',
    meaning: 'AWS refuses to save the policy.',
    next: 'Write the principal as AWS does: an account, or one role or user by its whole ARN.',
  },
  'bad-action': {
    severity: 'refused',
    title: 'An action is misspelled.',
    meaning: 'AWS refuses to save the policy. An action has its service before it, like kms:Decrypt.',
    next: 'Write the action with its service, and without spaces.',
  },
  'action-not-here': {
    severity: 'refused',
    title: 'An action has no place in this kind of policy.',
    meaning: 'A trust policy is about assuming the role (sts:), a key policy about the key (kms:).',
    next: 'Remove the action. If the role needs it, add it to the permission policy.',
  },
  'bad-resource': {
    severity: 'refused',
    title: 'Resource is neither an ARN nor “*”.',
    meaning: 'AWS refuses to save the policy.',
    next: 'Name the key by its ARN.',
  },
  'bad-operator': {
    severity: 'refused',
    title: 'There is no such condition operator.',
    meaning: 'AWS refuses to save the policy. Operators are spelt exactly, like StringEquals.',
    next: 'Spell the operator as AWS does.',
  },
  'bad-condition-key': {
    severity: 'refused',
    title: 'A condition key is misspelled.',
    meaning: 'AWS refuses to save the policy. A key has its service before it, like sts:ExternalId.',
    next: 'Write the key with its service.',
  },
  'null-if-exists': {
    severity: 'refused',
    title: 'The operator Null cannot have IfExists.',
    meaning: 'AWS refuses to save the policy: Null already asks whether the key is there.',
    next: 'Write Null alone.',
  },
  'bad-condition-value': {
    severity: 'refused',
    title: 'A value does not fit its condition operator.',
    meaning: 'AWS refuses to save the policy, or the condition never holds.',
    next: 'Correct the value.',
  },
  'condition-twice': {
    severity: 'refused',
    title: 'A condition key appears twice under one operator.',
    meaning: 'AWS refuses to save the policy: names of condition keys are not case-sensitive.',
    next: 'Put the values into one list.',
  },
  'set-on-context': {
    severity: 'refused',
    title: 'ForAllValues is not allowed with an encryption context.',
    meaning: 'It also holds without any context, so AWS KMS refuses to save the key policy.',
    next: 'Use the operator without ForAllValues.',
  },
  'forbidden-character': {
    severity: 'refused',
    title: 'There is a character that AWS accepts in no policy.',
    meaning: 'A policy has letters, digits, signs and accents up to U+00FF only. Word processors add others.',
    next: 'Replace it with a plain character.',
  },
  'too-long': {
    severity: 'refused',
    title: 'The policy is too long.',
    meaning: 'AWS refuses to save a policy of this size.',
    next: 'Shorten it: merge statements that say the same thing.',
  },
} as const satisfies Record<string, FindingWords>;

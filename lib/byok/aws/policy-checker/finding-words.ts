import type { FindingWords } from './finding.ts';
import { refusalWords } from './refusal-words.ts';

/** Every thing that the policy checker can find, and what the person who pasted the policy reads. */
export const findingWords = {
  ...refusalWords,
  'longer-than-usual': {
    severity: 'risk',
    title: 'The trust policy is longer than AWS accepts by default.',
    meaning: 'AWS refuses it while your account has the usual quota for its length.',
    next: 'Shorten it, or request a higher quota for “Role trust policy length”.',
  },
  'longer-than-managed': {
    severity: 'risk',
    title: 'The policy is longer than a managed policy may be.',
    meaning: 'AWS takes a policy of this size only as an inline policy of the role.',
    next: 'Add it as an inline policy, or shorten it.',
  },
  'without-effect': {
    severity: 'fails',
    title: 'The statement lacks an element, so it has no effect.',
    meaning: 'AWS KMS saves a statement without Action or Resource, but ignores it.',
    next: 'Add it; in a key policy Resource is “*”.',
  },
  'stray-resource': {
    severity: 'risk',
    title: 'Resource is not this key, so the statement may have no effect.',
    meaning: 'A key policy applies to the key that it belongs to.',
    next: 'Write "Resource": "*", or move the statement to the policy where it belongs.',
  },
  'service-role-not-trusted': {
    severity: 'fails',
    title: 'The policy does not let Keyward’s service role assume this role.',
    meaning: 'Without this, Keyward cannot reach your key.',
    next: 'Add the statement that names Keyward’s service role and your external ID.',
  },
  'everyone-trusted': {
    severity: 'open',
    title: 'It applies to everyone.',
    meaning: 'It lets in every AWS account in the world: no condition keeps strangers out.',
    next: 'Name the role, or use a condition with one account or organisation and no wildcard.',
  },
  'vendor-account-trusted': {
    severity: 'wide',
    title: 'It trusts Keyward’s whole account.',
    meaning:
      'Every role in Keyward’s account that may assume roles could then assume yours, not only the service role.',
    next: 'Name Keyward’s service role, or choose “Keyward’s whole account” above if this is what you want.',
  },
  'others-trusted': {
    severity: 'wide',
    title: 'It also trusts someone else.',
    meaning: 'Anyone who may assume this role can use your key through it.',
    next: 'Keep this role for Keyward, and give others a role of their own.',
  },
  'vendor-on-key': {
    severity: 'wide',
    title: 'The key policy names the vendor directly.',
    meaning: 'This is not needed. Keyward uses your key only through your role, where you can end it.',
    next: 'Name your role instead of Keyward’s.',
  },
  'wrong-account': {
    severity: 'fails',
    title: 'The principal is in another account.',
    meaning: 'A role with that name in another account is a different role.',
    next: 'Name the role with its account.',
  },
  'wrong-partition': {
    severity: 'fails',
    title: 'The principal is in another partition of AWS.',
    meaning: 'Roles cannot be used across aws, aws-us-gov and aws-cn.',
    next: 'Name the role as it is in this partition.',
  },
  'gone-principal': {
    severity: 'fails',
    title: 'It names a role or user that no longer exists.',
    meaning: 'AWS shows an ID instead of a name once the role or user is deleted, even if it was recreated.',
    next: 'Name the role again.',
  },
  'role-spelt-otherwise': {
    severity: 'fails',
    title: 'The role is named with a different path or different capitals.',
    meaning: 'Path and capitals do not tell roles apart in AWS, so no role other than yours has that ARN.',
    next: 'Name the role by its exact ARN.',
  },
  'session-named': {
    severity: 'fails',
    title: 'It names one session of the role, not the role.',
    meaning: 'Each session of Keyward has a different name, so this matches none of them.',
    next: 'Name the role itself.',
  },
  'external-id-missing': {
    severity: 'wide',
    title: 'No external ID is required.',
    meaning:
      'Another customer of Keyward who knows your role’s ARN could use your key through it (the confused deputy).',
    next: 'Add the condition on sts:ExternalId.',
  },
  'external-id-wrong': {
    severity: 'fails',
    title: 'The external ID is not yours.',
    meaning: 'Keyward presents the one shown in the step AWS, so AWS refuses it.',
    next: 'Enter your own external ID.',
  },
  'external-id-open': {
    severity: 'open',
    title: 'The condition on the external ID holds without yours.',
    meaning:
      'It accepts a missing or different external ID. Another customer of Keyward who knows your role’s ARN could use your key through it (the confused deputy).',
    next: 'Use StringEquals with your external ID alone.',
  },
  'other-external-id': {
    severity: 'wide',
    title: 'It also trusts another external ID of Keyward.',
    meaning: 'Keyward also assumes this role for the organisation with that external ID.',
    next: 'Keep it if that external ID is also yours, such as that of a test environment. Otherwise remove it.',
  },
  'external-id-loose': {
    severity: 'wide',
    title: 'The condition on the external ID also lets others in.',
    meaning: 'It also accepts some other external IDs.',
    next: 'Use StringEquals with your external ID alone.',
  },
  'actions-too-wide': {
    severity: 'wide',
    title: 'It allows more than Keyward needs.',
    meaning:
      'Keyward assumes the role to encrypt, decrypt, make data keys and describe the key. It needs nothing more.',
    next: 'Name the actions one by one.',
  },
  'other-services': {
    severity: 'wide',
    title: 'It lets this role reach more than the key.',
    meaning: 'Keyward may do everything that this role may do.',
    next: 'Remove it from this role, if nothing else needs it here.',
  },
  'other-keys': {
    severity: 'wide',
    title: 'It lets this role use other keys.',
    meaning: 'Keyward may do everything that this role may do.',
    next: 'Remove it from this role, if nothing else needs it here.',
  },
  'other-uses': {
    severity: 'wide',
    title: 'It lets this role use the key for something else.',
    meaning: 'No request of Keyward meets its conditions. Keyward may do everything that this role may do.',
    next: 'Remove it from this role, if nothing else needs it here.',
  },
  'action-missing': {
    severity: 'fails',
    title: 'An action that Keyward needs is not allowed.',
    meaning: 'AWS denies what no statement allows.',
    next: 'Add the action.',
  },
  'role-by-account-only': {
    severity: 'risk',
    title: 'The key policy does not name the role.',
    meaning:
      'It works while the role’s own permission policy allows it, but the key policy requires nothing of the role.',
    next: 'Name the role, and the encryption context under which it may use the key.',
  },
  'not-principal': {
    severity: 'wide',
    title: 'NotPrincipal means everyone except those named.',
    meaning: 'With Allow, that is the whole world. With Deny, it also hits the sessions of a named role.',
    next: 'Name who it is about, or use a condition on aws:PrincipalArn.',
  },
  'not-action': {
    severity: 'wide',
    title: 'NotAction means every action except those named.',
    meaning: 'It then also allows everything that AWS adds to KMS later.',
    next: 'Name the actions one by one.',
  },
  'not-resource': {
    severity: 'wide',
    title: 'NotResource means every key except those named.',
    meaning: 'It then also covers every key created later.',
    next: 'Name the one key.',
  },
  'resource-too-wide': {
    severity: 'wide',
    title: 'It covers more keys than this one.',
    meaning: 'Keyward could use your other keys through this role.',
    next: 'Name the key by its ARN.',
  },
  'resource-is-alias': {
    severity: 'fails',
    title: 'Resource is an alias.',
    meaning: 'In a policy an alias ARN gives no permission for the key behind it.',
    next: 'Name the key by its own ARN, which has :key/ in it.',
  },
  'resource-of-few-parts': {
    severity: 'fails',
    title: 'Resource has too few parts to be an ARN.',
    meaning: 'AWS compares all six parts of an ARN, so this matches no key.',
    next: 'Name the key by its ARN.',
  },
  'resource-wrong': {
    severity: 'fails',
    title: 'Resource is not this key.',
    meaning: 'The account, region, partition or key ID differs.',
    next: 'Name the key by its ARN.',
  },
  'context-missing': {
    severity: 'wide',
    title: 'No encryption context is required.',
    meaning: 'The key would also work for data that is not your organisation’s.',
    next: 'Add the condition on kms:EncryptionContext:keyward:tenant.',
  },
  'context-wrong': {
    severity: 'fails',
    title: 'The required encryption context is not Keyward’s.',
    meaning: 'AWS denies every use of the key, because Keyward sends your organisation’s ID.',
    next: 'Enter your organisation’s ID.',
  },
  'context-loose': {
    severity: 'wide',
    title: 'The condition on the encryption context also accepts others.',
    meaning: 'It accepts another organisation’s data, or calls without a context.',
    next: 'Use StringEquals with your organisation’s ID.',
  },
  'context-lacks-tenant': {
    severity: 'fails',
    title: 'An organisation that uses this key is left out.',
    meaning: 'You named other organisations of yours for this key. AWS denies the key to this one.',
    next: 'Add its ID to the list in the condition.',
  },
  'context-on-describe': {
    severity: 'fails',
    title: 'kms:DescribeKey requires an encryption context.',
    meaning: 'Describing a key carries no context, so this condition always denies it.',
    next: 'Move kms:DescribeKey to its own statement, without the condition.',
  },
  'context-deny-missing': {
    severity: 'wide',
    title: 'Nothing denies the role’s use of the key in another context.',
    meaning: 'A condition on one Allow does not restrict another Allow, such as one in the role’s own policy.',
    next: 'Add the Deny for every other context.',
  },
  'condition-excludes-us': {
    severity: 'fails',
    title: 'A condition never holds for Keyward’s requests.',
    meaning: 'So this statement allows Keyward nothing.',
    next: 'Remove the condition from the statement that is for Keyward.',
  },
  'condition-may-exclude-us': {
    severity: 'risk',
    title: 'A condition may not hold for Keyward’s requests.',
    meaning: 'It depends on something that changes without notice, such as the address that a request comes from.',
    next: 'Remove it, or check with your vendor that it holds.',
  },
  'condition-ends': {
    severity: 'risk',
    title: 'A condition has an end date.',
    meaning: 'After that date, AWS denies what this statement allows, and data under the key cannot be read.',
    next: 'Remove it, or note the date.',
  },
  'denied-to-us': {
    severity: 'fails',
    title: 'This Deny blocks Keyward.',
    meaning: 'A Deny overrides every Allow, in any policy.',
    next: 'Exempt the role from it.',
  },
  'may-be-denied-to-us': {
    severity: 'risk',
    title: 'This Deny may block Keyward.',
    meaning: 'It depends on something that changes without notice, and a Deny overrides every Allow.',
    next: 'Exempt the role from it, or check with your vendor that it does not block Keyward.',
  },
  'root-missing': {
    severity: 'wide',
    title: 'The account that owns the key has no access to it.',
    meaning: 'If those named here are ever deleted, this policy cannot be repaired, and the key is lost.',
    next: 'Keep AWS’s own first statement for the account’s root.',
  },
  'root-denied': {
    severity: 'wide',
    title: 'This Deny locks your own administrators out.',
    meaning: 'It also blocks the people who would have to repair this policy.',
    next: 'Remove it, or exempt the account from it.',
  },
} as const satisfies Record<string, FindingWords>;

export type FindingCode = keyof typeof findingWords;

import type { FindingWords } from './finding.ts';

/** Every thing that the policy doctor can find, and what the person who pasted the policy reads. */

const replaceIt = 'Take the corrected statement.';

export const findingWords = {
  'unknown-element': {
    severity: 'fails',
    title: 'There is an element that AWS does not know.',
    meaning: 'AWS refuses to save the policy. Names are written with a capital letter: Effect, Principal, Action.',
    next: 'Remove it, or spell it as AWS does.',
  },
  'bad-value': {
    severity: 'fails',
    title: 'An element is missing or has a value that AWS does not take.',
    meaning: 'AWS refuses to save the policy.',
    next: replaceIt,
  },
  'bad-sid': {
    severity: 'fails',
    title: 'The Sid has a character that AWS does not take.',
    meaning: 'A Sid has letters and digits; in a key policy also spaces.',
    next: 'Rename it.',
  },
  'sid-twice': {
    severity: 'fails',
    title: 'Two statements have the same Sid.',
    meaning: 'AWS refuses to save the policy.',
    next: 'Rename one of them.',
  },
  'principal-not-allowed': {
    severity: 'fails',
    title: 'A permission policy has no Principal.',
    meaning: 'It belongs to a role already. Only trust and key policies say whom they are about.',
    next: 'Remove Principal, or check the text as a key policy.',
  },
  'resource-not-allowed': {
    severity: 'fails',
    title: 'A trust policy has no Resource.',
    meaning: 'It is about the role that it belongs to.',
    next: 'Remove Resource.',
  },
  'service-role-not-trusted': {
    severity: 'fails',
    title: 'The policy does not let our service role assume this role.',
    meaning: 'Without that Keyward cannot reach your key.',
    next: 'Add the statement that names our service role and your external ID.',
  },
  'everyone-trusted': {
    severity: 'wide',
    title: 'It speaks to everyone.',
    meaning: 'With “*” as Principal, every AWS account in the world is meant.',
    next: 'Name the one role that is meant.',
  },
  'vendor-account-trusted': {
    severity: 'wide',
    title: 'It trusts our whole account.',
    meaning: 'Every role in our account that may assume roles could then assume yours, not our service role alone.',
    next: 'Name our service role, or choose “Our whole account” above if this is what you want.',
  },
  'others-trusted': {
    severity: 'wide',
    title: 'It trusts somebody else as well.',
    meaning: 'Whoever may assume this role can use your key through it.',
    next: 'Keep this role for Keyward, and give others a role of their own.',
  },
  'vendor-on-key': {
    severity: 'wide',
    title: 'The key policy names the vendor directly.',
    meaning: 'Keyward uses your key through your role only, so that you can end it there. This is not needed.',
    next: 'Name your role in place of ours.',
  },
  'wrong-account': {
    severity: 'fails',
    title: 'The principal is in another account.',
    meaning: 'A role of that name in another account is another role.',
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
    meaning: 'AWS shows an ID in place of a name when what was named has been deleted, even if it was made again.',
    next: 'Name the role anew.',
  },
  'session-named': {
    severity: 'fails',
    title: 'It names one session of the role, not the role.',
    meaning: 'Each of our sessions has another name, so this matches none of them.',
    next: 'Name the role itself.',
  },
  'external-id-missing': {
    severity: 'wide',
    title: 'No external ID is demanded.',
    meaning: 'Another customer of ours who knows your role’s ARN could have us use your key (the confused deputy).',
    next: 'Add the condition on sts:ExternalId.',
  },
  'external-id-wrong': {
    severity: 'fails',
    title: 'The external ID is not yours.',
    meaning: 'We present the one shown beside Prepare AWS, so AWS refuses us.',
    next: 'Put your own external ID in.',
  },
  'external-id-loose': {
    severity: 'wide',
    title: 'The condition on the external ID also lets others in.',
    meaning: 'It holds for another external ID, or for none.',
    next: 'Use StringEquals with your external ID alone.',
  },
  'actions-too-wide': {
    severity: 'wide',
    title: 'It allows more than Keyward needs.',
    meaning: 'We assume the role, and encrypt, decrypt, make data keys and look at the key with it. No more is needed.',
    next: 'Name the actions one by one.',
  },
  'other-services': {
    severity: 'wide',
    title: 'It lets this role reach more than the key.',
    meaning: 'Whatever this role may do, we may do.',
    next: 'Take it out of this role.',
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
    meaning: 'It works while the role’s own permission policy allows it, and the key policy demands nothing of it.',
    next: 'Name the role, and under which context it may use the key.',
  },
  'not-principal': {
    severity: 'wide',
    title: 'NotPrincipal means everyone but the ones named.',
    meaning: 'With Allow that is the whole world; with Deny it also hits the sessions of a role that is named.',
    next: 'Name whom it is about, or use a condition on aws:PrincipalArn.',
  },
  'not-action': {
    severity: 'wide',
    title: 'NotAction means every action but the ones named.',
    meaning: 'Whatever AWS adds to KMS later is then allowed, too.',
    next: 'Name the actions one by one.',
  },
  'not-resource': {
    severity: 'wide',
    title: 'NotResource means every key but the ones named.',
    meaning: 'Every key that is made later is then meant, too.',
    next: 'Name the one key.',
  },
  'resource-too-wide': {
    severity: 'wide',
    title: 'It is about more keys than this one.',
    meaning: 'Through this role we could use other keys of yours.',
    next: 'Name the key by its ARN.',
  },
  'resource-is-alias': {
    severity: 'fails',
    title: 'Resource is an alias.',
    meaning: 'In a policy an alias ARN gives no permission for the key behind it.',
    next: 'Name the key by its own ARN, which has :key/ in it.',
  },
  'resource-wrong': {
    severity: 'fails',
    title: 'Resource is not this key.',
    meaning: 'Account, region, partition or key ID is another one.',
    next: 'Name the key by its ARN.',
  },
  'context-missing': {
    severity: 'wide',
    title: 'No encryption context is demanded.',
    meaning: 'The key would also serve data that is not your organisation’s.',
    next: 'Add the condition on kms:EncryptionContext:keyward:tenant.',
  },
  'context-wrong': {
    severity: 'fails',
    title: 'The encryption context demanded is not ours.',
    meaning: 'AWS denies every use of the key, since we send your organisation’s ID.',
    next: 'Put your organisation’s ID in.',
  },
  'context-loose': {
    severity: 'wide',
    title: 'The condition on the encryption context also holds for others.',
    meaning: 'It holds for another organisation’s data, or without a context.',
    next: 'Use StringEquals with your organisation’s ID.',
  },
  'context-lacks-tenant': {
    severity: 'fails',
    title: 'An organisation that uses this key is left out.',
    meaning: 'You named further organisations of yours for this key; AWS denies it to the one named here.',
    next: 'Add its ID to the list in the condition.',
  },
  'context-on-describe': {
    severity: 'fails',
    title: 'kms:DescribeKey stands under an encryption context.',
    meaning: 'Looking at a key carries no context, so this condition always denies it.',
    next: 'Give kms:DescribeKey a statement of its own without the condition.',
  },
  'context-deny-missing': {
    severity: 'wide',
    title: 'Nothing denies the role’s use of the key in another context.',
    meaning: 'A condition on one Allow demands nothing beside another Allow, such as one of the role’s own.',
    next: 'Add the Deny for every other context.',
  },
  'condition-excludes-us': {
    severity: 'fails',
    title: 'A condition never holds for our requests.',
    meaning: 'So this statement allows us nothing.',
    next: 'Remove the condition from the statement that is for Keyward.',
  },
  'condition-may-exclude-us': {
    severity: 'risk',
    title: 'A condition may not hold for our requests.',
    meaning: 'It depends on something that changes without notice, such as the address that a request comes from.',
    next: 'Remove it, or make sure with us that it holds.',
  },
  'denied-to-us': {
    severity: 'fails',
    title: 'This Deny hits Keyward.',
    meaning: 'A Deny wins over every Allow, wherever it stands.',
    next: 'Leave the role out of it.',
  },
  'may-be-denied-to-us': {
    severity: 'risk',
    title: 'This Deny may hit Keyward.',
    meaning: 'It depends on something that changes without notice, and a Deny wins over every Allow.',
    next: 'Leave the role out of it, or make sure with us that it does not hit.',
  },
  'root-missing': {
    severity: 'wide',
    title: 'The account that owns the key has no access to it.',
    meaning: 'If the ones named here are ever deleted, nobody can repair this policy, and the key is lost.',
    next: 'Keep AWS’s own first statement for the account’s root.',
  },
  'root-denied': {
    severity: 'wide',
    title: 'This Deny locks your own administrators out.',
    meaning: 'It also hits whoever would have to repair this policy.',
    next: 'Remove it, or leave the account out of it.',
  },
} as const satisfies Record<string, FindingWords>;

export type FindingCode = keyof typeof findingWords;

/** What the failures of a key service mean in AWS, and the next step there. */
import { type KmsFailureCode, kmsFailures } from '../kms-failure.ts';
import type { FailureWords } from '../provider-rules.ts';

const tryAgain = 'Nothing is to be changed. Try again in a minute.';
const tellSupport = 'Tell the vendor’s support the AWS request ID.';

/** What is left out means the same everywhere. */
const words: Partial<Record<KmsFailureCode, FailureWords>> = {
  throttled: { meaning: 'AWS asks for fewer requests for a moment.', next: tryAgain },
  'kms-internal': { meaning: 'AWS reports an error of its own.', next: tryAgain },
  'dependency-timeout': { meaning: 'AWS KMS waits for something of its own.', next: tryAgain },
  'key-unavailable': { meaning: 'AWS KMS cannot reach the key just now.', next: tryAgain },
  unreachable: { meaning: 'No connection to AWS could be made, or it broke.', next: tryAgain },
  'untrusted-certificate': {
    meaning: 'The TLS certificate of what answered for AWS cannot be trusted, so nothing was sent to it.',
    next: 'The vendor has to see whether a proxy inspects its connections to AWS, and whether its server’s clock is right. Nothing is to be changed in your account.',
  },
  'timed-out': { meaning: 'AWS did not answer in time.', next: tryAgain },
  'key-state-unclear': {
    meaning: 'AWS KMS says that the key’s state does not allow this, and not which state it is.',
    next: tryAgain,
  },
  'custom-key-store': {
    meaning: 'The custom key store that holds the key does not answer.',
    next: 'Look in AWS KMS whether the custom key store is connected.',
  },
  'vendor-credentials': {
    meaning: 'The vendor’s own AWS credentials are missing, wrong or expired. Your key is not the reason.',
    next: 'The vendor has to fix this. Nothing is to be changed in your account.',
  },
  'vendor-denied': {
    meaning: 'The vendor’s own AWS policies do not let it assume your role. Your role and key are not the reason.',
    next: 'The vendor has to fix this. Nothing is to be changed in your account.',
  },
  'clock-skew': {
    meaning: 'The clock of the vendor’s server differs from AWS’s by more than five minutes.',
    next: 'The vendor has to set its clock right. Nothing is to be changed in your account.',
  },
  'key-disabled': { meaning: 'The key is disabled.', next: 'Enable the key in AWS KMS.' },
  'pending-deletion': {
    meaning: 'The key is scheduled for deletion. Once it is deleted, the data under it is lost.',
    next: 'Cancel the deletion in AWS KMS, then enable the key.',
  },
  'pending-import': {
    meaning: 'The key’s imported material has expired or was deleted.',
    next: 'Import the same key material again in AWS KMS.',
  },
  'access-denied': {
    meaning: 'The policies of the key, or those of the role or user, do not allow this call.',
    next: 'Apply the key policy and the permission policy that are shown.',
  },
  'assume-role-denied': {
    meaning:
      'AWS does not let us assume the role: it does not exist, or its trust policy does not name us and our external ID.',
    next: 'Apply the trust policy that is shown to the role.',
  },
  'organization-denied': {
    meaning: 'A policy of your AWS organization does not let us assume the role.',
    next: 'Ask the administrators of your AWS organization to allow it.',
  },
  'key-not-found': {
    meaning: 'There is no such key in this account and region.',
    next: 'Compare the ARN with the one in AWS KMS.',
  },
  'invalid-arn': { meaning: 'AWS does not accept this ARN.', next: 'Paste the key’s ARN again.' },
  'invalid-key-usage': {
    meaning: 'The key is not a symmetric key for encryption and decryption.',
    next: 'Create a symmetric key with the usage Encrypt and decrypt, and use its ARN.',
  },
  'unrecognized-client': {
    meaning: 'AWS does not know the credentials of the role’s session.',
    next: 'See whether the role still exists and its account takes part in this region.',
  },
  'access-key-unknown': {
    meaning: 'AWS does not know the access key: it is inactive, was deleted, or its ID has a slip.',
    next: 'Activate the access key in IAM, or enter another one of the user.',
  },
  'access-key-secret-wrong': {
    meaning: 'The secret access key is not the one of this access key ID.',
    next: 'Paste the secret access key that was shown together with this access key ID, or create a new access key.',
  },
  'invalid-signature': { meaning: 'AWS does not accept our signature.', next: tellSupport },
  'region-disabled': {
    meaning: 'This AWS region is not enabled for the account.',
    next: 'Enable the region in the account, or choose another.',
  },
  'region-unknown': { meaning: 'There is no such AWS region.', next: 'Choose a region from the list.' },
  'invalid-request': { meaning: 'AWS refuses the request as it stands.', next: tellSupport },
  unexpected: { meaning: 'AWS answered with an error that we do not know.', next: tellSupport },
  'invalid-ciphertext': {
    meaning: 'What was to be unwrapped is damaged, or was wrapped for another tenant, app or key.',
    next: tellSupport,
  },
  'incorrect-key': { meaning: 'It was wrapped under another key than the one named.', next: tellSupport },
  'wrong-key': { meaning: 'Another key answered than the one that we named.', next: tellSupport },
  'wrong-plaintext': { meaning: 'What came back is not what was sent.', next: tellSupport },
  'wrong-length': { meaning: 'What came back is not a data key of 32 bytes.', next: tellSupport },
  'expired-token': { meaning: 'The role’s session has expired.', next: tryAgain },
  'limit-exceeded': {
    meaning: 'A resource limit of the AWS account has been reached.',
    next: 'Look at the quotas of AWS KMS in the account.',
  },
};

export function awsFailureWords(failure: KmsFailureCode): FailureWords {
  return words[failure] ?? kmsFailures[failure];
}

/** What the failures of a key service mean in AWS, and the next step there. */
import { type KmsFailureCode, kmsFailures } from '../kms-failure.ts';
import type { FailureWords } from '../provider-rules.ts';

const tryAgain = 'You don’t need to change anything. Try again in a minute.';
const tellSupport = 'Send the AWS request ID to the vendor’s support.';

/** What is left out means the same everywhere. */
const words: Partial<Record<KmsFailureCode, FailureWords>> = {
  throttled: { meaning: 'AWS is throttling requests.', next: tryAgain },
  'kms-internal': { meaning: 'AWS reported an internal error.', next: tryAgain },
  'dependency-timeout': { meaning: 'AWS KMS is waiting for one of its own services.', next: tryAgain },
  'key-unavailable': { meaning: 'AWS KMS cannot reach the key at the moment.', next: tryAgain },
  unreachable: { meaning: 'The connection to AWS failed.', next: tryAgain },
  'untrusted-certificate': {
    meaning: 'The TLS certificate presented for AWS cannot be trusted, so nothing was sent.',
    next: 'The vendor has to check for a proxy that inspects its connections to AWS, and its server’s clock. You don’t need to change anything in your account.',
  },
  'timed-out': { meaning: 'AWS did not answer in time.', next: tryAgain },
  'key-state-unclear': {
    meaning: 'AWS KMS says that the key’s state does not allow this, but not which state it is in.',
    next: tryAgain,
  },
  'custom-key-store': {
    meaning: 'The custom key store that holds the key does not answer.',
    next: 'Check in AWS KMS whether the custom key store is connected.',
  },
  'vendor-credentials': {
    meaning: 'The vendor’s own AWS credentials are missing, wrong or expired. Your key is not the reason.',
    next: 'Only the vendor can fix this. You don’t need to change anything in your account.',
  },
  'vendor-denied': {
    meaning: 'The vendor’s own AWS policies do not let it assume your role. Your role and key are not the reason.',
    next: 'Only the vendor can fix this. You don’t need to change anything in your account.',
  },
  'clock-skew': {
    meaning: 'The clock of the vendor’s server differs from AWS’s by more than five minutes.',
    next: 'The vendor has to correct its clock. You don’t need to change anything in your account.',
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
    next: 'Apply the key policy and the permission policy shown.',
  },
  'assume-role-denied': {
    meaning:
      'AWS does not let Keyward assume the role. Either it does not exist, or its trust policy does not name Keyward and your external ID.',
    next: 'Apply the trust policy shown to the role.',
  },
  'organization-denied': {
    meaning: 'A policy of your AWS organization does not let Keyward assume the role.',
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
    next: 'Check that the role still exists and that its account has this region enabled.',
  },
  'access-key-unknown': {
    meaning: 'AWS does not know the access key: it is inactive, was deleted, or its ID has a typo.',
    next: 'Activate the access key in IAM, or enter another access key of the user.',
  },
  'access-key-secret-wrong': {
    meaning: 'The secret access key is not the one of this access key ID.',
    next: 'Paste the secret access key that belongs to this access key ID, or create a new access key.',
  },
  'invalid-signature': { meaning: 'AWS does not accept Keyward’s signature.', next: tellSupport },
  'region-disabled': {
    meaning: 'This AWS region is not enabled for the account.',
    next: 'Enable the region in the account, or choose another.',
  },
  'region-unknown': { meaning: 'There is no such AWS region.', next: 'Choose a region from the list.' },
  'invalid-request': { meaning: 'AWS rejected the request.', next: tellSupport },
  unexpected: { meaning: 'AWS answered with an error that Keyward does not know.', next: tellSupport },
  'invalid-ciphertext': {
    meaning: 'The wrapped data key is damaged, or belongs to another tenant, app or key.',
    next: tellSupport,
  },
  'incorrect-key': { meaning: 'It was wrapped under a different key.', next: tellSupport },
  'wrong-key': { meaning: 'A different key answered from the one that Keyward named.', next: tellSupport },
  'wrong-plaintext': { meaning: 'The decrypted data differs from what was sent.', next: tellSupport },
  'wrong-length': { meaning: 'The answer is not a data key of 32 bytes.', next: tellSupport },
  'expired-token': { meaning: 'The role’s session has expired.', next: tryAgain },
  'limit-exceeded': {
    meaning: 'A resource limit of the AWS account has been reached.',
    next: 'Check the AWS KMS quotas of the account.',
  },
};

export function awsFailureWords(failure: KmsFailureCode): FailureWords {
  return words[failure] ?? kmsFailures[failure];
}

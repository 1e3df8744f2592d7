/**
 * Every way in which a key service can fail us, as one closed union, with what it means and the next step. AWS's own
 * error names are mapped to these codes in one file (lib/kms/errors.ts).
 *
 * The class is the first guess from the error alone: whether a denial is a revocation or a mistake in the set-up is
 * decided by what went before (lib/kms/classify-loss.ts).
 */
export type KmsFailureClass =
  /** Nobody's decision: it may pass by itself. */
  | 'transient'
  /** The customer's policies or the key's state refuse us. */
  | 'revoked'
  /** Something that was entered is wrong. */
  | 'misconfigured'
  /** An answer that cannot be right: our bug or an attack. Never retried. */
  | 'integrity'
  /** The session has ended: assume the role again, once. */
  | 'expired-token'
  /** A resource limit of the account, which waiting does not mend. */
  | 'limit';

export type KmsFailureWords = {
  class: KmsFailureClass;
  /** Whether the same call may be sent again at once, with back-off. */
  retry: boolean;
  /** What it means, one sentence. */
  meaning: string;
  next: string;
};

const tryAgain = 'Nothing is to be changed. Try again in a minute.';
const tellSupport = 'Tell the vendor’s support the AWS request ID.';

export const kmsFailures = {
  throttled: { class: 'transient', retry: true, meaning: 'AWS asks for fewer requests for a moment.', next: tryAgain },
  'kms-internal': { class: 'transient', retry: true, meaning: 'AWS reports an error of its own.', next: tryAgain },
  'dependency-timeout': {
    class: 'transient',
    retry: true,
    meaning: 'AWS KMS waits for something of its own.',
    next: tryAgain,
  },
  'key-unavailable': {
    class: 'transient',
    retry: true,
    meaning: 'AWS KMS cannot reach the key just now.',
    next: tryAgain,
  },
  unreachable: {
    class: 'transient',
    retry: true,
    meaning: 'No connection to AWS could be made, or it broke.',
    next: tryAgain,
  },
  'untrusted-certificate': {
    class: 'transient',
    // It is there again the next second: only what comes later may find it mended.
    retry: false,
    meaning: 'The TLS certificate of what answered for AWS cannot be trusted, so nothing was sent to it.',
    next: 'The vendor has to see whether a proxy inspects its connections to AWS, and whether its server’s clock is right. Nothing is to be changed in your account.',
  },
  'timed-out': { class: 'transient', retry: true, meaning: 'AWS did not answer in time.', next: tryAgain },
  'key-state-unclear': {
    class: 'transient',
    retry: false,
    meaning: 'AWS KMS says that the key’s state does not allow this, and not which state it is.',
    next: tryAgain,
  },
  'custom-key-store': {
    class: 'transient',
    retry: false,
    meaning: 'The custom key store that holds the key does not answer.',
    next: 'Look in AWS KMS whether the custom key store is connected.',
  },
  'vendor-credentials': {
    class: 'transient',
    retry: false,
    meaning: 'The vendor’s own AWS credentials are missing, wrong or expired. Your key is not the reason.',
    next: 'The vendor has to mend this. Nothing is to be changed in your account.',
  },
  'vendor-denied': {
    class: 'transient',
    retry: false,
    meaning: 'The vendor’s own AWS policies do not let it assume your role. Your role and key are not the reason.',
    next: 'The vendor has to fix this. Nothing is to be changed in your account.',
  },
  'clock-skew': {
    class: 'transient',
    // Once: the SDK has set itself right by AWS's answer.
    retry: true,
    meaning: 'The clock of the vendor’s server differs from AWS’s by more than five minutes.',
    next: 'The vendor has to set its clock right. Nothing is to be changed in your account.',
  },
  aborted: {
    class: 'transient',
    retry: false,
    meaning: 'The call was given up before it ended.',
    next: 'Start it again.',
  },
  'key-disabled': {
    class: 'revoked',
    retry: false,
    meaning: 'The key is disabled.',
    next: 'Enable the key in AWS KMS.',
  },
  'pending-deletion': {
    class: 'revoked',
    retry: false,
    meaning: 'The key is scheduled for deletion. Once it is deleted, the data under it is lost.',
    next: 'Cancel the deletion in AWS KMS, then enable the key.',
  },
  'pending-import': {
    class: 'revoked',
    retry: false,
    meaning: 'The key’s imported material has expired or was deleted.',
    next: 'Import the same key material again in AWS KMS.',
  },
  'access-denied': {
    class: 'revoked',
    retry: false,
    meaning: 'The policies of the key, or those of the role or user, do not allow this call.',
    next: 'Apply the key policy and the permission policy that are shown.',
  },
  'assume-role-denied': {
    class: 'revoked',
    retry: false,
    meaning:
      'AWS does not let us assume the role: it does not exist, or its trust policy does not name us and our external ID.',
    next: 'Apply the trust policy that is shown to the role.',
  },
  'organization-denied': {
    class: 'revoked',
    retry: false,
    meaning: 'A policy of your AWS organization does not let us assume the role.',
    next: 'Ask the administrators of your AWS organization to allow it.',
  },
  'key-not-found': {
    class: 'misconfigured',
    retry: false,
    meaning: 'There is no such key in this account and region.',
    next: 'Compare the ARN with the one in AWS KMS.',
  },
  'invalid-arn': {
    class: 'misconfigured',
    retry: false,
    meaning: 'AWS does not accept this ARN.',
    next: 'Paste the key’s ARN again.',
  },
  'invalid-key-usage': {
    class: 'misconfigured',
    retry: false,
    meaning: 'The key is not a symmetric key for encryption and decryption.',
    next: 'Create a symmetric key with the usage Encrypt and decrypt, and use its ARN.',
  },
  'unrecognized-client': {
    class: 'misconfigured',
    retry: false,
    meaning: 'AWS does not know the credentials of the role’s session.',
    next: 'See whether the role still exists and its account takes part in this region.',
  },
  'access-key-unknown': {
    class: 'misconfigured',
    retry: false,
    meaning: 'AWS does not know the access key: it is inactive, was deleted, or its ID has a slip.',
    next: 'Activate the access key in IAM, or enter another one of the user.',
  },
  'access-key-secret-wrong': {
    class: 'misconfigured',
    retry: false,
    meaning: 'The secret access key is not the one of this access key ID.',
    next: 'Paste the secret access key that was shown together with this access key ID, or create a new access key.',
  },
  'invalid-signature': {
    class: 'misconfigured',
    retry: false,
    meaning: 'AWS does not accept our signature.',
    next: tellSupport,
  },
  'region-disabled': {
    class: 'misconfigured',
    retry: false,
    meaning: 'This AWS region is not enabled for the account.',
    next: 'Enable the region in the account, or choose another.',
  },
  'region-unknown': {
    class: 'misconfigured',
    retry: false,
    meaning: 'There is no such AWS region.',
    next: 'Choose a region from the list.',
  },
  'invalid-request': {
    class: 'misconfigured',
    retry: false,
    meaning: 'AWS refuses the request as it stands.',
    next: tellSupport,
  },
  unexpected: {
    class: 'transient',
    retry: false,
    meaning: 'AWS answered with an error that we do not know.',
    next: tellSupport,
  },
  'invalid-ciphertext': {
    class: 'integrity',
    retry: false,
    meaning: 'What was to be unwrapped is damaged, or was wrapped for another tenant, app or key.',
    next: tellSupport,
  },
  'incorrect-key': {
    class: 'integrity',
    retry: false,
    meaning: 'It was wrapped under another key than the one named.',
    next: tellSupport,
  },
  'wrong-key': {
    class: 'integrity',
    retry: false,
    meaning: 'Another key answered than the one that we named.',
    next: tellSupport,
  },
  'wrong-plaintext': {
    class: 'integrity',
    retry: false,
    meaning: 'What came back is not what was sent.',
    next: tellSupport,
  },
  'wrong-length': {
    class: 'integrity',
    retry: false,
    meaning: 'What came back is not a data key of 32 bytes.',
    next: tellSupport,
  },
  'expired-token': { class: 'expired-token', retry: false, meaning: 'The role’s session has expired.', next: tryAgain },
  'limit-exceeded': {
    class: 'limit',
    retry: false,
    meaning: 'A resource limit of the AWS account has been reached.',
    next: 'Look at the quotas of AWS KMS in the account.',
  },
} as const satisfies Record<string, KmsFailureWords>;

export type KmsFailureCode = keyof typeof kmsFailures;

export function isKmsFailure(stored: string | null): stored is KmsFailureCode {
  return stored !== null && Object.hasOwn(kmsFailures, stored);
}

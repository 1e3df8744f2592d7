/**
 * Every way in which a key service can fail us, as one closed union, with what it means and the next step in the words of all: what
 * a provider calls it is in its own rules (`failure-words.ts` asks both). Each provider maps its own error names to these codes.
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
  /** A resource limit of the account, which waiting does not fix. */
  | 'limit';

export type KmsFailureWords = {
  class: KmsFailureClass;
  /** Whether the same call may be sent again at once, with back-off. */
  retry: boolean;
  /** What it means, one sentence. */
  meaning: string;
  next: string;
};

const tryAgain = 'You don’t need to change anything. Try again in a minute.';
const tellSupport = 'Send the request ID to the vendor’s support.';

export const kmsFailures = {
  throttled: {
    class: 'transient',
    retry: true,
    meaning: 'The key service is throttling requests.',
    next: tryAgain,
  },
  'kms-internal': {
    class: 'transient',
    retry: true,
    meaning: 'The key service reported an internal error.',
    next: tryAgain,
  },
  'dependency-timeout': {
    class: 'transient',
    retry: true,
    meaning: 'The key service is waiting for one of its own services.',
    next: tryAgain,
  },
  'key-unavailable': {
    class: 'transient',
    retry: true,
    meaning: 'The key service cannot reach the key at the moment.',
    next: tryAgain,
  },
  unreachable: {
    class: 'transient',
    retry: true,
    meaning: 'The connection to the key service failed.',
    next: tryAgain,
  },
  'untrusted-certificate': {
    class: 'transient',
    // It is there again the next second: only what comes later may find it fixed.
    retry: false,
    meaning: 'The TLS certificate presented for the key service cannot be trusted, so nothing was sent.',
    next: 'The vendor has to check for a proxy that inspects its connections to the key service, and its server’s clock. You don’t need to change anything in your account.',
  },
  'timed-out': { class: 'transient', retry: true, meaning: 'The key service did not answer in time.', next: tryAgain },
  'key-state-unclear': {
    class: 'transient',
    retry: false,
    meaning: 'The key service says that the key’s state does not allow this, but not which state it is in.',
    next: tryAgain,
  },
  'custom-key-store': {
    class: 'transient',
    retry: false,
    meaning: 'The key store that holds the key does not answer.',
    next: 'Check that the key store is connected to your key service.',
  },
  'vendor-credentials': {
    class: 'transient',
    retry: false,
    meaning:
      'The vendor’s own credentials for the key service are missing, wrong or expired. Your key is not the reason.',
    next: 'Only the vendor can fix this. You don’t need to change anything in your account.',
  },
  'vendor-denied': {
    class: 'transient',
    retry: false,
    meaning: 'The vendor’s own policies do not let it use your key. Your key is not the reason.',
    next: 'Only the vendor can fix this. You don’t need to change anything in your account.',
  },
  'clock-skew': {
    class: 'transient',
    // Once: the SDK has set itself right by the answer.
    retry: true,
    meaning: 'The clock of the vendor’s server differs too much from that of the key service.',
    next: 'The vendor has to correct its clock. You don’t need to change anything in your account.',
  },
  aborted: {
    class: 'transient',
    retry: false,
    meaning: 'The call was cancelled before it finished.',
    next: 'Start it again.',
  },
  'key-disabled': {
    class: 'revoked',
    retry: false,
    meaning: 'The key is disabled.',
    next: 'Enable the key in your key service.',
  },
  'pending-deletion': {
    class: 'revoked',
    retry: false,
    meaning: 'The key is scheduled for deletion. Once it is deleted, the data under it is lost.',
    next: 'Cancel the deletion in your key service, then enable the key.',
  },
  'pending-import': {
    class: 'revoked',
    retry: false,
    meaning: 'The key’s imported material has expired or was deleted.',
    next: 'Import the same key material again in your key service.',
  },
  'access-denied': {
    class: 'revoked',
    retry: false,
    meaning: 'The key service does not allow this call.',
    next: 'Give Keyward the permissions on the key that the set-up shows.',
  },
  'assume-role-denied': {
    class: 'revoked',
    retry: false,
    meaning: 'The key service does not accept the identity that Keyward was given.',
    next: 'Give Keyward access, as shown in the set-up.',
  },
  'organization-denied': {
    class: 'revoked',
    retry: false,
    meaning: 'A policy of your organization denies Keyward access.',
    next: 'Ask the administrators of your organization to allow it.',
  },
  'key-not-found': {
    class: 'misconfigured',
    retry: false,
    meaning: 'There is no such key in this location.',
    next: 'Compare the name with the one in your key service.',
  },
  'invalid-arn': {
    class: 'misconfigured',
    retry: false,
    meaning: 'The key service does not accept this key name.',
    next: 'Paste the key’s name again.',
  },
  'invalid-key-usage': {
    class: 'misconfigured',
    retry: false,
    meaning: 'The key is not a symmetric key for encryption and decryption.',
    next: 'Create a symmetric key for encryption and decryption, and use that.',
  },
  'unrecognized-client': {
    class: 'misconfigured',
    retry: false,
    meaning: 'The key service does not know the credentials of Keyward’s session.',
    next: 'Check that the identity that Keyward was given still exists.',
  },
  'access-key-unknown': {
    class: 'misconfigured',
    retry: false,
    meaning: 'The key service does not know the credential: it is inactive, was deleted, or has a typo.',
    next: 'Activate the credential, or enter another one.',
  },
  'access-key-secret-wrong': {
    class: 'misconfigured',
    retry: false,
    meaning: 'The secret is not the one of this credential.',
    next: 'Paste the secret that belongs to the credential, or create a new one.',
  },
  'invalid-signature': {
    class: 'misconfigured',
    retry: false,
    meaning: 'The key service does not accept Keyward’s signature.',
    next: tellSupport,
  },
  'region-disabled': {
    class: 'misconfigured',
    retry: false,
    meaning: 'This location is not enabled for your account.',
    next: 'Enable it in your account, or choose another.',
  },
  'region-unknown': {
    class: 'misconfigured',
    retry: false,
    meaning: 'There is no such location.',
    next: 'Choose one from the list.',
  },
  'invalid-request': {
    class: 'misconfigured',
    retry: false,
    meaning: 'The key service rejected the request.',
    next: tellSupport,
  },
  unexpected: {
    class: 'transient',
    retry: false,
    meaning: 'The key service answered with an error that Keyward does not know.',
    next: tellSupport,
  },
  'invalid-ciphertext': {
    class: 'integrity',
    retry: false,
    meaning: 'The wrapped data key is damaged, or belongs to another tenant, app or key.',
    next: tellSupport,
  },
  'incorrect-key': {
    class: 'integrity',
    retry: false,
    meaning: 'It was wrapped under a different key.',
    next: tellSupport,
  },
  'wrong-key': {
    class: 'integrity',
    retry: false,
    meaning: 'A different key answered from the one that Keyward named.',
    next: tellSupport,
  },
  'wrong-plaintext': {
    class: 'integrity',
    retry: false,
    meaning: 'The decrypted data differs from what was sent.',
    next: tellSupport,
  },
  'wrong-length': {
    class: 'integrity',
    retry: false,
    meaning: 'The answer is not a data key of 32 bytes.',
    next: tellSupport,
  },
  'expired-token': { class: 'expired-token', retry: false, meaning: 'Keyward’s session has expired.', next: tryAgain },
  'limit-exceeded': {
    class: 'limit',
    retry: false,
    meaning: 'A limit of your account has been reached.',
    next: 'Check the quotas of your key service.',
  },
} as const satisfies Record<string, KmsFailureWords>;

export type KmsFailureCode = keyof typeof kmsFailures;

export function isKmsFailure(stored: string | null): stored is KmsFailureCode {
  return stored !== null && Object.hasOwn(kmsFailures, stored);
}

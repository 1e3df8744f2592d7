/**
 * Every code by which Node says that no answer came, and what it means: the one list. Node documents them in three places:
 * https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes
 * https://nodejs.org/docs/latest-v24.x/api/dns.html#error-codes
 * https://nodejs.org/docs/latest-v24.x/api/os.html#error-constants
 */
export type ConnectionFault = 'untrusted-certificate' | 'timed-out' | 'unreachable';

/**
 * What a code means where the key service gave no answer. A code that is not in the list is of a broken connection, too: TLS, the HTTP
 * parser and whatever comes with a later Node have hundreds. `undefined` where there is no code at all.
 */
export function connectionFault(code: string | undefined): ConnectionFault | undefined {
  if (code === undefined) return undefined;
  if (untrusted.has(code)) return 'untrusted-certificate';
  return timedOut.has(code) ? 'timed-out' : 'unreachable';
}

/** Whether a code says it whatever the error is called: the SDK calls a connection that was reset a TimeoutError. */
export function isConnectionCode(code: string | undefined): boolean {
  return (
    code !== undefined &&
    (untrusted.has(code) || timedOut.has(code) || /^(E[A-Z0-9]+|EAI_[A-Z]+|ERR_(TLS|SSL)_\w+)$/.test(code))
  );
}

/** What OpenSSL finds in a certificate or its chain, and what Node finds in its names. */
const untrusted: ReadonlySet<string> = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_SIGNATURE_FAILURE',
  'CRL_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_HAS_EXPIRED',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CRL_LAST_UPDATE_FIELD',
  'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'INVALID_CA',
  'PATH_LENGTH_EXCEEDED',
  'INVALID_PURPOSE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_CERT_ALTNAME_FORMAT',
]);

const timedOut: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'ETIMEOUT',
  'ETIME',
  'ESOCKETTIMEDOUT',
  'ERR_TLS_HANDSHAKE_TIMEOUT',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
]);

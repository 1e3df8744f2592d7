import { describe, expect, it } from 'vitest';
import { type KmsFailureCode, kmsFailures } from '#lib/byok/kms-failure.ts';
import { KmsError } from '../errors.ts';
import { type AwsService, toKmsError } from './error-map.ts';

const call = { requestIds: ['request-1'], attempts: 1 };

function aws(name: string, message = 'AWS says so', status = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
}

function failureOf(thrown: unknown, service: AwsService = 'kms'): KmsFailureCode {
  return toKmsError(thrown, { ...call, service }).failure;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html#API_Decrypt_Errors and its neighbours. */
describe('errors of KMS, by name', () => {
  it.each<[string, KmsFailureCode, string]>([
    ['DisabledException', 'key-disabled', 'revoked'],
    ['AccessDeniedException', 'access-denied', 'revoked'],
    ['NotFoundException', 'key-not-found', 'misconfigured'],
    ['InvalidArnException', 'invalid-arn', 'misconfigured'],
    ['InvalidKeyUsageException', 'invalid-key-usage', 'misconfigured'],
    ['UnrecognizedClientException', 'unrecognized-client', 'misconfigured'],
    ['InvalidClientTokenId', 'unrecognized-client', 'misconfigured'],
    ['InvalidSignatureException', 'invalid-signature', 'misconfigured'],
    ['SignatureDoesNotMatch', 'invalid-signature', 'misconfigured'],
    ['IncompleteSignature', 'invalid-signature', 'misconfigured'],
    ['ValidationException', 'invalid-request', 'misconfigured'],
    ['OptInRequired', 'region-disabled', 'misconfigured'],
    ['InvalidCiphertextException', 'invalid-ciphertext', 'integrity'],
    ['IncorrectKeyException', 'incorrect-key', 'integrity'],
    ['LimitExceededException', 'limit-exceeded', 'limit'],
    ['ExpiredTokenException', 'expired-token', 'expired-token'],
    ['ExpiredToken', 'expired-token', 'expired-token'],
    ['ThrottlingException', 'throttled', 'transient'],
    ['Throttling', 'throttled', 'transient'],
    ['RequestLimitExceeded', 'throttled', 'transient'],
    ['DependencyTimeoutException', 'dependency-timeout', 'transient'],
    ['KMSInternalException', 'kms-internal', 'transient'],
    ['InternalFailure', 'kms-internal', 'transient'],
    ['ServiceUnavailable', 'kms-internal', 'transient'],
    ['KeyUnavailableException', 'key-unavailable', 'transient'],
    ['CustomKeyStoreInvalidStateException', 'custom-key-store', 'transient'],
    ['CloudHsmClusterInvalidConfigurationException', 'custom-key-store', 'transient'],
    ['XksProxyUriUnreachableException', 'custom-key-store', 'transient'],
    ['CredentialsProviderError', 'vendor-credentials', 'transient'],
    ['TimeoutError', 'timed-out', 'transient'],
    ['SomethingNewException', 'unexpected', 'transient'],
  ])('%s is %s, of the class %s', (name, failure, kind) => {
    const error = toKmsError(aws(name), { ...call, service: 'kms' });
    expect(error).toMatchObject({ failure, class: kind, providerCode: name, requestIds: ['request-1'] });
  });

  it.each<[string, KmsFailureCode]>([
    ['arn:aws:kms:us-east-1:111122223333:key/1 is pending deletion.', 'pending-deletion'],
    ['arn:aws:kms:us-east-1:111122223333:key/1 is pending import.', 'pending-import'],
    ['arn:aws:kms:us-east-1:111122223333:key/1 is unavailable.', 'key-state-unclear'],
    ['', 'key-state-unclear'],
  ])('KMSInvalidStateException saying “%s” is %s', (message, failure) => {
    expect(failureOf(aws('KMSInvalidStateException', message))).toBe(failure);
  });

  it.each<[number, KmsFailureCode]>([
    [500, 'kms-internal'],
    [503, 'kms-internal'],
    [429, 'throttled'],
    [418, 'unexpected'],
  ])('an unknown name with the status %i is %s', (status, failure) => {
    expect(failureOf(aws('Unheard', '', status))).toBe(failure);
  });
});

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html: at STS the credentials are the vendor's. */
describe('errors of STS, by name', () => {
  it.each<[string, KmsFailureCode]>([
    ['AccessDenied', 'assume-role-denied'],
    ['InvalidClientTokenId', 'vendor-credentials'],
    ['ExpiredToken', 'vendor-credentials'],
    ['ExpiredTokenException', 'vendor-credentials'],
    ['SignatureDoesNotMatch', 'vendor-credentials'],
    ['RegionDisabledException', 'region-disabled'],
    ['MalformedPolicyDocument', 'invalid-request'],
    ['PackedPolicyTooLarge', 'invalid-request'],
    ['Throttling', 'throttled'],
  ])('%s is %s', (name, failure) => {
    expect(failureOf(aws(name), 'sts')).toBe(failure);
  });
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
describe('a denial of STS', () => {
  const denial = (words: string) =>
    aws('AccessDenied', `User: arn:aws:sts::9:assumed-role/V/s is not authorized to perform: sts:AssumeRole${words}`);
  it.each<[string, KmsFailureCode]>([
    ['', 'assume-role-denied'],
    [' on resource: arn:aws:iam::111122223333:role/BYOK_Role', 'assume-role-denied'],
    [' because no resource-based policy allows the sts:AssumeRole action', 'assume-role-denied'],
    [' with an explicit deny in a resource-based policy', 'assume-role-denied'],
    [' because no identity-based policy allows the sts:AssumeRole action', 'vendor-denied'],
    [' with an explicit deny in an identity-based policy', 'vendor-denied'],
    [' because no permissions boundary allows the sts:AssumeRole action', 'vendor-denied'],
    [' because no session policy allows the sts:AssumeRole action', 'vendor-denied'],
    [' because no VPC endpoint policy allows the sts:AssumeRole action', 'vendor-denied'],
    [' with an explicit deny in a VPC endpoint policy', 'vendor-denied'],
    [' with an explicit deny in a resource control policy', 'organization-denied'],
    [' with an explicit deny in a service control policy', 'organization-denied'],
    [' because no service control policy allows the sts:AssumeRole action', 'organization-denied'],
  ])('that ends with “%s” is %s', (words, failure) => {
    expect(failureOf(denial(words), 'sts')).toBe(failure);
    // The identity at KMS is the customer's: whatever policy is named there, it is the customer's doing.
    expect(failureOf(denial(words), 'kms')).toBe('access-denied');
  });
});

describe('errors of the network', () => {
  it.each<[string, string, KmsFailureCode]>([
    ['Error', 'ECONNREFUSED', 'unreachable'],
    ['TimeoutError', 'ECONNRESET', 'unreachable'],
    ['TimeoutError', 'EPIPE', 'unreachable'],
    ['Error', 'ENOTFOUND', 'unreachable'],
    ['Error', 'EAI_AGAIN', 'unreachable'],
    ['Error', 'CERT_HAS_EXPIRED', 'untrusted-certificate'],
    ['TimeoutError', 'ETIMEDOUT', 'timed-out'],
  ])('%s with the code %s is %s', (name, code, failure) => {
    expect(failureOf(Object.assign(new Error('x'), { name, code }))).toBe(failure);
  });

  it('that are no errors at all are unexpected, and never thrown on', () => {
    for (const thrown of [undefined, null, 'text', 7, {}, Object.create(null)])
      expect(failureOf(thrown)).toBe('unexpected');
    expect(failureOf(aws('constructor'))).toBe('unexpected');
    expect(failureOf(aws('__proto__'))).toBe('unexpected');
  });
});

describe('a KmsError', () => {
  it('names the policy that AWS named, and keeps nothing else of AWS’s message', () => {
    const message =
      'User: arn:aws:sts::1:assumed-role/R/s is not authorized because no resource-based policy allows kms:Decrypt SECRET';
    const error = toKmsError(aws('AccessDeniedException', message), { ...call, service: 'kms' });
    expect(error.deniedBy).toBe('resource-policy');
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('SECRET');
    const identity = aws('AccessDeniedException', 'because no identity-based policy allows the kms:Decrypt action');
    expect(toKmsError(identity, { ...call, service: 'kms' }).deniedBy).toBe('identity-policy');
  });

  it('passes through as it is, and can be told more exactly with its history kept', () => {
    const error = new KmsError('key-state-unclear', {
      requestIds: ['a'],
      providerCode: 'KMSInvalidStateException',
      attempts: 2,
    });
    expect(toKmsError(error, { ...call, service: 'kms' })).toBe(error);
    expect(error.as('pending-deletion', ['a', 'b'])).toMatchObject({
      failure: 'pending-deletion',
      class: 'revoked',
      requestIds: ['a', 'b'],
      providerCode: 'KMSInvalidStateException',
      attempts: 2,
    });
  });
});

describe('the table of failures', () => {
  it('has words for each, and retries only what is transient', () => {
    for (const words of Object.values(kmsFailures)) {
      expect(words.meaning).toMatch(/\.$/);
      expect(words.next).toMatch(/\.$/);
      if (words.retry) expect(words.class).toBe('transient');
    }
  });
});

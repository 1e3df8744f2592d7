import { describe, expect, it } from 'vitest';
import { type KmsFailureCode, kmsFailures } from '#lib/byok/kms-failure.ts';
import { classifyLoss, type Loss } from './classify-loss.ts';
import { KmsError } from './errors.ts';

/** For a key version that had worked: where the denial is not ours, and where it is. */
const expected = {
  throttled: ['outage', 'outage'],
  'kms-internal': ['outage', 'outage'],
  'dependency-timeout': ['outage', 'outage'],
  'key-unavailable': ['outage', 'outage'],
  unreachable: ['outage', 'outage'],
  'timed-out': ['outage', 'outage'],
  'key-state-unclear': ['outage', 'outage'],
  'custom-key-store': ['outage', 'outage'],
  'vendor-credentials': ['outage', 'outage'],
  'vendor-denied': ['outage', 'outage'],
  'organization-denied': ['revoked', 'outage'],
  'clock-skew': ['outage', 'outage'],
  'access-key-unknown': ['revoked', 'outage'],
  'access-key-secret-wrong': ['revoked', 'outage'],
  aborted: ['outage', 'outage'],
  unexpected: ['outage', 'outage'],
  'expired-token': ['outage', 'outage'],
  'limit-exceeded': ['outage', 'outage'],
  'key-disabled': ['revoked', 'outage'],
  'pending-deletion': ['revoked', 'outage'],
  'pending-import': ['revoked', 'outage'],
  'untrusted-certificate': ['outage', 'outage'],
  'key-not-found': ['revoked', 'outage'],
  'access-denied': ['revoked', 'outage'],
  'assume-role-denied': ['revoked', 'outage'],
  'unrecognized-client': ['revoked', 'outage'],
  'invalid-arn': ['misconfigured', 'outage'],
  'invalid-key-usage': ['misconfigured', 'outage'],
  'invalid-signature': ['misconfigured', 'outage'],
  'region-disabled': ['misconfigured', 'outage'],
  'region-unknown': ['misconfigured', 'outage'],
  'invalid-request': ['misconfigured', 'outage'],
  'invalid-ciphertext': ['integrity', 'integrity'],
  'incorrect-key': ['integrity', 'integrity'],
  'wrong-key': ['integrity', 'integrity'],
  'wrong-plaintext': ['integrity', 'integrity'],
  'wrong-length': ['integrity', 'integrity'],
} as const satisfies Record<KmsFailureCode, [Loss, Loss]>;

describe('losing a key that had worked', () => {
  it.each(Object.entries(expected))('%s is %s', (failure, [theirs, ours]) => {
    const error = new KmsError(failure as KmsFailureCode);
    expect(classifyLoss(error, { everWorked: true, isOurs: false })).toBe(theirs);
    expect(classifyLoss(error, { everWorked: true, isOurs: true })).toBe(ours);
  });
});

describe('a key that has never worked', () => {
  it.each(Object.keys(kmsFailures) as KmsFailureCode[])('is never called revoked: %s', (failure) => {
    const error = new KmsError(failure);
    expect(classifyLoss(error, { everWorked: false, isOurs: false })).not.toBe('revoked');
    expect(classifyLoss(error, { everWorked: false, isOurs: true })).not.toBe('revoked');
  });

  it('that denies us is misconfigured', () => {
    const context = { everWorked: false, isOurs: false };
    expect(classifyLoss(new KmsError('access-denied'), context)).toBe('misconfigured');
    expect(classifyLoss(new KmsError('key-disabled'), context)).toBe('misconfigured');
  });
});

import { describe, expect, it } from 'vitest';
import { type KmsFailureCode, kmsFailures } from '#lib/byok/kms-failure.ts';
import { classifyLoss, type Loss } from './classify-loss.ts';
import { KmsError } from './errors.ts';

const now = new Date('2026-11-22T12:00:00Z');
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1_000);

/** For a key version that had worked: with the vendor's identity answering, and without. */
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
  'organization-denied': ['revoked', 'revoked'],
  'clock-skew': ['outage', 'outage'],
  'access-key-unknown': ['revoked', 'revoked'],
  'access-key-secret-wrong': ['revoked', 'revoked'],
  aborted: ['outage', 'outage'],
  unexpected: ['outage', 'outage'],
  'expired-token': ['outage', 'outage'],
  'limit-exceeded': ['outage', 'outage'],
  'key-disabled': ['revoked', 'revoked'],
  'pending-deletion': ['revoked', 'revoked'],
  'pending-import': ['revoked', 'revoked'],
  'untrusted-certificate': ['outage', 'outage'],
  'key-not-found': ['revoked', 'revoked'],
  'access-denied': ['revoked', 'outage'],
  'assume-role-denied': ['revoked', 'outage'],
  'unrecognized-client': ['revoked', 'outage'],
  'invalid-arn': ['misconfigured', 'misconfigured'],
  'invalid-key-usage': ['misconfigured', 'misconfigured'],
  'invalid-signature': ['misconfigured', 'misconfigured'],
  'region-disabled': ['misconfigured', 'misconfigured'],
  'region-unknown': ['misconfigured', 'misconfigured'],
  'invalid-request': ['misconfigured', 'misconfigured'],
  'invalid-ciphertext': ['integrity', 'integrity'],
  'incorrect-key': ['integrity', 'integrity'],
  'wrong-key': ['integrity', 'integrity'],
  'wrong-plaintext': ['integrity', 'integrity'],
  'wrong-length': ['integrity', 'integrity'],
} as const satisfies Record<KmsFailureCode, [Loss, Loss]>;

describe('losing a key that had worked', () => {
  it.each(Object.entries(expected))('%s is %s', (failure, [answered, unanswered]) => {
    const error = new KmsError(failure as KmsFailureCode);
    expect(classifyLoss(error, { everWorked: true, vendorAnsweredAt: secondsAgo(5), now })).toBe(answered);
    expect(classifyLoss(error, { everWorked: true, now })).toBe(unanswered);
  });

  it('believes a denial while the vendor’s identity answered within the last minute, and not after', () => {
    const error = new KmsError('access-denied');
    expect(classifyLoss(error, { everWorked: true, vendorAnsweredAt: secondsAgo(60), now })).toBe('revoked');
    expect(classifyLoss(error, { everWorked: true, vendorAnsweredAt: secondsAgo(61), now })).toBe('outage');
  });
});

describe('a key that has never worked', () => {
  it.each(Object.keys(kmsFailures) as KmsFailureCode[])('is never called revoked: %s', (failure) => {
    const error = new KmsError(failure);
    expect(classifyLoss(error, { everWorked: false, vendorAnsweredAt: now, now })).not.toBe('revoked');
  });

  it('that denies us is misconfigured', () => {
    const context = { everWorked: false, vendorAnsweredAt: now, now };
    expect(classifyLoss(new KmsError('access-denied'), context)).toBe('misconfigured');
    expect(classifyLoss(new KmsError('key-disabled'), context)).toBe('misconfigured');
  });
});

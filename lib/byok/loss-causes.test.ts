import { expect, it } from 'vitest';
import { lossWordsOf } from './failure-words.ts';
import { type KmsFailureCode, kmsFailures } from './kms-failure.ts';
import { type LossCause, lossCauseOf, lossCauses } from './loss-causes.ts';
import { wordsOf } from './messages/words.ts';

it.each<[KmsFailureCode, string | undefined, boolean, string]>([
  ['key-disabled', undefined, false, 'key-disabled'],
  ['pending-deletion', undefined, false, 'deletion-scheduled'],
  ['pending-import', undefined, false, 'material-gone'],
  ['key-not-found', undefined, false, 'key-gone'],
  ['assume-role-denied', undefined, false, 'role-refused'],
  ['unrecognized-client', undefined, false, 'role-gone'],
  ['access-key-unknown', undefined, false, 'access-key-inactive'],
  ['access-key-secret-wrong', undefined, false, 'access-key-secret-wrong'],
  ['access-denied', 'identity-policy', false, 'permission-removed'],
  ['access-denied', 'identity-policy', true, 'denied-to-role'],
  ['access-denied', 'resource-policy', false, 'key-policy-changed'],
  ['access-denied', 'resource-policy', true, 'context-refused'],
  ['access-denied', 'permissions-boundary', false, 'permissions-boundary'],
  ['access-denied', 'organization-policy', true, 'organization-policy'],
  ['access-denied', 'session-policy', false, 'session-policy'],
  ['access-denied', 'vpc-endpoint-policy', false, 'vpc-endpoint-policy'],
  ['access-denied', undefined, false, 'permission-unclear'],
])('%s by %s, explicitly %s: %s', (failure, deniedBy, deniedExplicitly, cause) => {
  expect(lossCauseOf('aws', { failure, deniedBy, deniedExplicitly })).toBe(cause);
});

it('which policy denied a call is told by its provider: without its rules, it is not clear', () => {
  const call = { failure: 'access-denied', deniedBy: 'resource-policy' } as const;
  expect(lossCauseOf('no-provider', call)).toBe('permission-unclear');
  expect(lossCauseOf('no-provider', { failure: 'key-disabled' })).toBe('key-disabled');
});

it('is none of what passes by itself, or is nobody’s decision', () => {
  const passing = Object.entries(kmsFailures).filter(([, words]) => ['transient', 'integrity'].includes(words.class));
  for (const [failure] of passing) expect(lossCauseOf('aws', { failure: failure as KmsFailureCode })).toBeUndefined();
});

it.each(['aws', 'no-provider'])('has a remedy of its own for each cause, in the words of %s', (provider) => {
  const remedies = (Object.keys(lossCauses) as LossCause[]).map((cause) => lossWordsOf(provider, cause).next);
  expect(new Set(remedies).size).toBe(remedies.length);
  for (const remedy of remedies) expect(remedy).toMatch(/^[A-Z].*\.$/);
});

it('names the date before which a deletion has to be cancelled, and that cancelling is not all', () => {
  const words = (provider: string) =>
    lossWordsOf(provider, 'deletion-scheduled', { deletedAt: '2026-12-03T09:12:00Z' }).next;
  expect(words('aws')).toBe(
    'Cancel the deletion in AWS KMS before 3 December 2026, 09:12 UTC, then enable the key. Cancelling leaves it disabled.',
  );
  expect(words('no-provider')).toMatch(/ before 3 December 2026, 09:12 UTC, then check that the key is enabled\.$/);
});

it('and what was stored without a provider is told in the words of the first', () => {
  for (const cause of Object.keys(lossCauses) as LossCause[])
    expect(wordsOf({ code: 'key-lost-next', args: { cause } })).toEqual(lossWordsOf('aws', cause).next);
});

import { expect, test } from 'vitest';
import type { HealthView } from '#lib/byok/key-views.ts';
import { sampleVersion, sampleView } from '../../../_shared/key/sample-view.fixture.ts';
import { happenings, instructions, remedyOf, returnStep } from './revoked-words.ts';

const revoked: HealthView = {
  state: 'revoked',
  cause: 'The key is disabled.',
  next: 'Enable the key in AWS KMS.',
  since: '2026-11-22T12:00:10.000Z',
  at: '2026-11-22T12:00:10.000Z',
  providerRequestId: 'req-9',
};
const view = sampleView({ health: revoked, versions: [sampleVersion({ health: revoked })] });

test('a short remedy is the step itself; a longer one stands whole beneath a heading', () => {
  expect(remedyOf(revoked, 'aws')).toEqual({ title: 'Enable the key in AWS KMS', text: '' });
  const next =
    'Apply the permission policy from the hand-over to the role or user again. Keep its encryption context unchanged.';
  expect(remedyOf({ ...revoked, next }, 'aws')).toEqual({ title: 'Restore access in AWS', text: next });
  expect(remedyOf({ ...revoked, next: null }, 'aws')).toEqual({
    title: 'Enable the key in AWS, or restore the permission',
    text: '',
  });
});

test('what happened is told in order: the last call that succeeded, the answer, the caches, and leases that outlive it', () => {
  expect(happenings(view, revoked, 0)).toEqual([
    { at: '2026-11-22T12:00:00.000Z', text: 'Last successful call' },
    { at: '2026-11-22T12:00:10.000Z', text: 'AWS answered: The key is disabled.' },
    { at: '2026-11-22T12:00:10.000Z', text: 'Cached data keys discarded' },
  ]);
  const leased = { ...view, tenant: { ...view.tenant, leasesServeSeconds: 45 } };
  expect(happenings(leased, revoked, Date.parse('2026-11-22T12:01:00.000Z')).at(-1)).toEqual({
    at: '2026-11-22T12:01:45.000Z',
    text: 'Last leased data key ends, in 45 seconds',
  });
});

test('instructions for somebody else name cause, remedy, key, its page and the request', () => {
  const text = instructions(view, revoked);
  for (const part of ['The key is disabled.', 'Enable the key in AWS KMS.', ':key/1234abcd', 'console.aws', 'req-9'])
    expect(text).toContain(part);
});

test('what returns is counted; on the way back nothing does, and the way goes on', () => {
  expect(returnStep({ appsUnderKey: 1 }).text).toMatch(/^1 app or bot works again/);
  expect(returnStep({ appsUnderKey: 0 }).text).toContain('continues');
});

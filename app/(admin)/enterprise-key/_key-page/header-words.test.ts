import { expect, test } from 'vitest';
import { sampleView } from '../../../_shared/key/sample-view.fixture.ts';
import { whyNoApps, whyNotChanged } from './header-words.ts';

const revoked = { state: 'revoked', cause: null, since: null, at: null, providerRequestId: null } as const;

test('of an active key nothing stands in the way of an administrator', () => {
  expect(whyNotChanged(sampleView(), 'admin')).toBe('');
});

test('a viewer reads once who can change the key', () => {
  expect(whyNotChanged(sampleView(), 'viewer')).toMatch(/^Only an administrator/);
});

test('while the key is revoked it can be rotated away from, and its apps cannot be changed', () => {
  const view = sampleView({ health: revoked });
  expect(view.commands.rotate.allowed).toBe(true);
  expect(whyNotChanged(view, 'admin')).toBe('Update Apps: This needs a working key.');
});

test('one reason for both is said once, and a draft’s apps can be chosen before it is active', () => {
  const view = sampleView({ status: 'rotating', state: 'rotating' });
  expect(whyNotChanged(view, 'admin')).toMatch(/^Rotate Key and Update Apps: A change to this key is under way/);
  const draft = sampleView({ status: 'draft', state: 'draft', appsUnderKey: 0, health: null });
  expect(whyNotChanged(draft, 'admin')).toBe('Rotate Key: The key is not active yet.');
  expect(whyNoApps(draft)).toBeNull();
});

test('a key that has ended offers neither, and explains neither', () => {
  expect(whyNotChanged(sampleView({ status: 'reverted', state: 'reverted', appsUnderKey: 0 }), 'admin')).toBe('');
});

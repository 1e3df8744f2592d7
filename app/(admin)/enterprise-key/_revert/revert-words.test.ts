import { expect, test } from 'vitest';
import { expectShort } from '../../../_shared/command/testing/expect-short.ts';
import { sampleView } from '../../../_shared/key/sample-view.fixture.ts';
import { keyCommitmentConsequences, tenantCommitmentConsequences } from './commitment-words.ts';
import { revertConsequences, whyNotRevert } from './revert-words.ts';

const allowed = { commands: { ...sampleView().commands, revert: { allowed: true } }, state: 'active' } as const;
const health = (state: 'healthy' | 'degraded' | 'revoked' | 'outage' | 'not-yet-checked') =>
  sampleView({ ...allowed, health: { ...(sampleView().health ?? fail()), state } });

test('a revert that would be refused is not offered, and says why', () => {
  expect(whyNotRevert(health('revoked'))).toMatch(/^Access to the key was denied/);
  expect(whyNotRevert(health('outage'))).toMatch(/^AWS does not answer/);
  for (const state of ['healthy', 'degraded', 'not-yet-checked'] as const)
    expect(whyNotRevert(health(state))).toBeNull();
});

test('what was never active can be given up whatever the key says', () => {
  expect(whyNotRevert({ ...health('revoked'), state: 'draft' })).toBeNull();
});

test('what the life cycle says comes first', () => {
  const view = {
    ...health('revoked'),
    commands: { ...allowed.commands, revert: { allowed: false, reason: 'Not now.' } },
  };
  expect(whyNotRevert(view as ReturnType<typeof sampleView>)).toBe('Not now.');
});

test('what is asked before a revert or a commitment is short, and says what cannot be undone', () => {
  for (const state of ['draft', 'scheduled', 'active'] as const)
    expect(expectShort(revertConsequences({ ...sampleView(), state }))).toContain('You can’t undo this');
  expect(expectShort(keyCommitmentConsequences(sampleView()))).toContain('lost for good');
  expect(expectShort(tenantCommitmentConsequences('A tenant of four words'))).toContain(
    'Revert to None is then refused',
  );
});

function fail(): never {
  throw new Error('the sample has no health');
}

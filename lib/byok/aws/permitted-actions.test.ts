import { describe, expect, it } from 'vitest';
import { outcomeOfCall, permissionTable } from './permitted-actions.ts';

const outcomes = (...args: Parameters<typeof permissionTable>) =>
  Object.fromEntries(permissionTable(...args).map(({ action, outcome }) => [action, outcome]));

describe('the table of actions', () => {
  it('reads “not tried” where nothing was, and of reports from before actions were noted', () => {
    expect(new Set(Object.values(outcomes([{}], { dataKeyPair: true, passed: false })))).toEqual(
      new Set(['not-tried']),
    );
  });

  it('asks for a data key pair only where the configuration does', () => {
    expect(outcomes([], { dataKeyPair: false, passed: false })).not.toHaveProperty('kms:GenerateDataKeyPair');
    const actions = [{ action: 'kms:GenerateDataKeyPairWithoutPlaintext', outcome: 'permitted' as const }];
    expect(outcomes([{ actions }], { dataKeyPair: true, passed: false })).toMatchObject({
      'kms:GenerateDataKeyPair': 'permitted',
    });
  });

  it('is not misled by a call that was denied on purpose', () => {
    const good = { actions: [{ action: 'kms:GenerateDataKey', outcome: 'permitted' as const }] };
    const onPurpose = { negative: true, actions: [{ action: 'kms:GenerateDataKey', outcome: 'denied' as const }] };
    expect(outcomes([good, onPurpose], { dataKeyPair: false, passed: false })).toMatchObject({
      'kms:GenerateDataKey': 'permitted',
    });
  });

  it.each([
    ['kms:Decrypt', 'denied'],
    ['kms:ListAliases', 'not-permitted-to-see'],
  ])('a denied %s reads %s', (action, expected) => {
    const table = outcomes([{ actions: [{ action, outcome: 'denied' }] }], { dataKeyPair: false, passed: false });
    expect(table[action]).toBe(expected);
  });

  it('calls nothing needed that a passed test did without', () => {
    const checks = [{ actions: [{ action: 'kms:GenerateDataKey', outcome: 'denied' as const }] }];
    const rowOf = (passed: boolean) =>
      permissionTable(checks, { dataKeyPair: false, passed }).find(({ action }) => action === 'kms:GenerateDataKey');
    expect(rowOf(true)).toMatchObject({ needed: false, outcome: 'denied' });
    expect(rowOf(false)).toMatchObject({ needed: true, outcome: 'denied' });
  });

  it('takes only a denial for a denial', () => {
    expect([null, 'AccessDeniedException', 'DisabledException'].map(outcomeOfCall)).toEqual([
      'permitted',
      'denied',
      'unclear',
    ]);
  });
});

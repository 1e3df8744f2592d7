import { describe, expect, it } from 'vitest';
import type { VerifiedRow } from '#lib/byok/checklist.ts';
import { checkName } from '#lib/byok/checks.ts';
import { followRun, noRun, type RunEvent } from '../../../_shared/connection/streamed-run.ts';
import { type VerificationRun, verificationSaid } from './verification-words.ts';

type Event = RunEvent<NonNullable<VerificationRun['about']>, VerifiedRow, NonNullable<VerificationRun['done']>>;
const said = (...events: Event[]): string => verificationSaid(events.reduce<VerificationRun>(followRun, noRun));
const begin: Event = { type: 'begin', about: 'role' };

describe('what a screen reader is told of a verification', () => {
  it('is nothing before, and then that it runs', () => {
    expect(said()).toBe('');
    expect(said(begin)).toBe('Verifying “IAM role, with its trust policy”.');
  });

  it('is what the step is worth, also where the stream ends after that', () => {
    const ended = said(begin, { type: 'done', status: 'verified' }, { type: 'lost' });
    expect(ended).toBe('IAM role, with its trust policy: Verified.');
  });

  it('is that it broke', () => {
    expect(said(begin, { type: 'lost' })).toMatch(/did not finish/);
  });
});

it('names checks by their name and actions as AWS spells them', () => {
  expect([checkName('confused-deputy'), checkName('kms:Decrypt')]).toEqual(['Confused deputy', 'kms:Decrypt']);
});

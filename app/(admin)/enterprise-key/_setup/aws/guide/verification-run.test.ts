import { describe, expect, it } from 'vitest';
import type { VerifiedRow } from '#lib/byok/checklist.ts';
import {
  followVerification,
  noVerification,
  rowName,
  rowWord,
  type VerificationRun,
  type VerificationRunEvent,
  verificationSaid,
} from './verification-run.ts';

const row = (outcome: VerifiedRow['outcome'], id: VerifiedRow['id'] = 'authentication'): VerifiedRow => ({
  id,
  outcome,
  durationMs: 0,
  providerRequestIds: [],
  summary: '',
  details: [],
});
const follow = (...events: VerificationRunEvent[]): VerificationRun =>
  events.reduce(followVerification, noVerification);
const begin = { type: 'begin', step: 'role' } as const;

describe('a verification on the screen', () => {
  it('has a row once, as it is last', () => {
    const run = follow(begin, { type: 'row', row: row('running') }, { type: 'row', row: row('passed') });
    expect(run.rows.map((one) => one.row.outcome)).toEqual(['passed']);
  });

  it('says how often AWS was asked, until it answers', () => {
    const waiting = { type: 'waiting', id: 'authentication', attempt: 3 } as const;
    const run = follow(begin, { type: 'row', row: row('running') }, waiting);
    expect(run.rows.map(rowWord)).toEqual(['Waiting for AWS (attempt 3)']);
    const ended = followVerification(run, { type: 'row', row: row('unknown') });
    expect(ended.rows.map(rowWord)).toEqual(['Cannot be told']);
  });

  it('ends with what the step is worth, and nothing after it counts', () => {
    const run = follow(begin, { type: 'done', status: 'verified' }, { type: 'lost' });
    expect(run).toMatchObject({ step: 'role', phase: 'ended', status: 'verified' });
    expect(verificationSaid(run)).toBe('IAM role, with its trust policy: Verified.');
  });

  it('that broke says so, and the next one begins with nothing', () => {
    const broken = follow(begin, { type: 'row', row: row('passed') }, { type: 'lost' });
    expect(verificationSaid(broken)).toMatch(/stopped before its end/);
    expect(followVerification(broken, { type: 'begin', step: 'key' })).toMatchObject({ step: 'key', rows: [] });
  });

  it('names checks by their name and actions as AWS spells them', () => {
    expect([rowName('confused-deputy'), rowName('kms:Decrypt')]).toEqual(['Confused deputy', 'kms:Decrypt']);
  });
});

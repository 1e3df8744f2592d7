import { describe, expect, it } from 'vitest';
import type { PlanView } from '#lib/byok/transition-views.ts';
import { costWords, durationWords, planFacts, planSentence } from './plan-words.ts';

const plan: PlanView = {
  apps: 11,
  appsAdded: 2,
  appsRemoved: 1,
  freshDataKeys: 11,
  dataKeysToRewrap: 12,
  records: 4_612,
  recordsToReencrypt: 0,
  kmsCalls: { generate: 11, encrypt: 12, decrypt: 35, total: 58 },
  seconds: { low: 2, high: 4 },
  assumption: '',
  provider: 'aws',
  costUsd: 0.000174,
  price: '',
  refusal: null,
};
const fact = (label: string, of: PlanView = plan, kind: 'rotate' | 'select-apps' = 'rotate') =>
  planFacts(of, kind).find((one) => one.label === label)?.value;

describe('planFacts', () => {
  it('says how many KMS calls, and of which kinds', () => {
    expect(fact('AWS KMS calls')).toBe('58 at most: 11 to generate, 12 to encrypt, 35 to decrypt');
    expect(fact('AWS KMS calls', { ...plan, kmsCalls: { generate: 0, encrypt: 0, decrypt: 0, total: 0 } })).toBe(
      'None',
    );
  });

  it('says which records are rewritten and which are not', () => {
    expect(fact('Stored records')).toBe('4,612, none of them rewritten');
    expect(fact('Stored records', { ...plan, recordsToReencrypt: 4_612 })).toBe('4,612 re-encrypted');
    expect(fact('Stored records', { ...plan, recordsToReencrypt: 12 })).toBe('12 re-encrypted, 4,600 not rewritten');
    expect(fact('Stored records', { ...plan, records: 0 })).toBe('None');
  });

  it('counts apps where no list of them stands beside it', () => {
    expect(fact('Apps and bots')).toBe('11');
    expect(fact('Apps and bots', plan, 'select-apps')).toBeUndefined();
  });

  it('says the same in a sentence', () => {
    expect(planSentence(plan)).toBe(
      '11 fresh data keys; 12 data keys rewrapped; stored records: 4,612, none of them rewritten; AWS KMS calls: 58 at most; time: about 2 to 4 seconds; AWS cost: less than 0.01 USD.',
    );
  });
});

describe('the plan of calls', () => {
  const elsewhere = { ...plan, provider: 'no-provider', costUsd: null };
  it('of a provider that tells no price says none, and calls them by no other’s name', () => {
    expect(JSON.stringify(planFacts(elsewhere, 'rotate')) + planSentence(elsewhere)).not.toMatch(/AWS|cost/i);
    expect(fact('KMS calls', elsewhere)).toMatch(/^58 at most/);
  });

  it('of none is in the words of the only provider that there is', () => {
    expect(fact('AWS cost', { ...plan, provider: null, costUsd: 0 })).toBe('None');
  });
});

describe('durationWords', () => {
  it.each([
    [0, 0.4, 'About a second'],
    [2, 4.2, 'About 2 to 5 seconds'],
    [0.2, 30, 'Up to 30 seconds'],
    [70, 240, 'About 1 to 4 minutes'],
    [300, 300, 'About 5 minutes'],
    [3_600, 9_000, 'About 1 to 3 hours'],
  ])('%s to %s seconds: %s', (low, high, words) => {
    expect(durationWords({ low, high })).toBe(words);
  });
});

it('says costs in dollars, and never that a little is nothing', () => {
  expect([0, 0.0001, 0.3, 1_234.5].map(costWords)).toEqual([
    'None',
    'Less than 0.01 USD',
    'About 0.30 USD',
    'About 1,234.50 USD',
  ]);
});

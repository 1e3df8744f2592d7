import { expect, test } from 'vitest';
import type { PlanView } from '#lib/byok/transition-views.ts';
import { expectShort } from '../../../_shared/command/testing/expect-short.ts';
import { rekeyPlanSentence, rekeyWords } from './rekey-words.ts';

const plan: PlanView = {
  apps: 1,
  appsAdded: 0,
  appsRemoved: 0,
  freshDataKeys: 1,
  dataKeysToRewrap: 0,
  records: 412,
  recordsToReencrypt: 0,
  kmsCalls: { generate: 1, encrypt: 0, decrypt: 1, total: 2 },
  seconds: { low: 0.1, high: 0.4 },
  assumption: '',
  provider: 'aws',
  costUsd: 0.000006,
  price: '',
  refusal: null,
};

test('says what a rekey takes, and what it leaves as it is', () => {
  expect(rekeyPlanSentence(plan)).toBe(
    'It makes 1 data key, leaves 412 stored records under the older data key, takes 2 KMS calls and about 1 second.',
  );
  expect(rekeyPlanSentence({ ...plan, recordsToReencrypt: 412, seconds: { low: 2, high: 9 } })).toContain(
    're-encrypts 412 stored records, takes 2 KMS calls and 2 seconds to 9 seconds.',
  );
});

test('says why it would be refused instead', () => {
  expect(rekeyPlanSentence({ ...plan, refusal: 'A rekey of this app is under way.' })).toBe(
    'A rekey of this app is under way.',
  );
});

test('is read in one go', () => {
  const { points, reencrypt, reencryptHint } = rekeyWords;
  const shown = [...points, `${reencrypt} ${reencryptHint} ${rekeyPlanSentence(plan)}`];
  expect(expectShort({ points: shown, details: [] })).toContain('You can’t undo this');
});

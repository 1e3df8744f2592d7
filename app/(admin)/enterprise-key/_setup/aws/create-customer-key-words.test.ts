import { expect, it } from 'vitest';
import { awsAliasProblem } from '#lib/byok/aws/created-key.ts';
import { expectShort } from '../../../../_shared/command/testing/expect-short.ts';
import { setupView } from '../testing/setup-view.ts';
import { creationConsequences, likelyAwsAlias, whyNotCreate } from './create-customer-key-words.ts';

it.each([
  ['production', 'alias/keyward-production'],
  ['Zürich, 2026', 'alias/keyward-z-rich-2026'],
  ['§§', ''],
])('the alias in AWS that fits %j is one that may be given', (alias, expected) => {
  expect(likelyAwsAlias(alias)).toBe(expected);
  expect(awsAliasProblem(likelyAwsAlias(alias))).toBeUndefined();
});

it('the key is created once everything else has passed, and not while an earlier one is looked for', () => {
  expect(whyNotCreate(setupView(), false)).toMatch(/^Run Test Configuration first/);
  expect(whyNotCreate(setupView({ report: { stale: true } }), false)).toMatch(/^Run Test Configuration first/);
  expect(whyNotCreate(setupView({ report: { passed: false } }), false)).toMatch(/failed/);
  expect(whyNotCreate(setupView({ report: {} }), true)).toMatch(/finished/);
  expect(whyNotCreate(setupView({ report: {} }), false)).toBeNull();
});

it('what it brings about names account, region and role', () => {
  const setup = setupView({ configuration: { region: 'us-east-1', accountId: '111122223333' } });
  const text = expectShort(creationConsequences(setup));
  for (const word of ['111122223333', 'us-east-1', 'BYOK_Role', 'Acme']) expect(text).toContain(word);
});

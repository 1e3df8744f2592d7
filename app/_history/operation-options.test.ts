import { expect, test } from 'vitest';
import { providers } from '#lib/byok/providers.ts';
import { operationOptions } from './operation-options.ts';
import { operationChoices } from './words.ts';

const plain = operationChoices().map(([value, label]) => ({ value, label }));
const own = { value: 'note-policy-scope', label: 'Say which keys the IAM policy names' };

test('with one provider every operation is offered in one list', () => {
  expect(operationOptions()).toEqual(plain);
});

test('with several, what one alone does stands under its name, and nothing is missing', () => {
  const options = operationOptions([providers.aws, { name: 'Another cloud' }]);
  expect(options.at(-1)).toEqual({ label: providers.aws.name, options: [own] });
  expect(options.slice(0, -1)).toEqual(plain.filter(({ value }) => value !== own.value));
});

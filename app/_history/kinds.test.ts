import { expect, test } from 'vitest';
import { providers } from '#lib/byok/providers.ts';
import { isKind, kindChoices, operationsOf } from './kinds.ts';
import { operationChoices } from './words.ts';

test('each kind of event that has words is in one group', () => {
  const groups = kindChoices().flatMap(({ id }) => (isKind(id) ? [...operationsOf(id)] : []));
  expect(groups.toSorted()).toEqual(
    operationChoices()
      .map(([operation]) => operation)
      .toSorted(),
  );
});

test('with several providers, what one alone does stands last with its name, and nothing is missing', () => {
  const choices = kindChoices([providers.aws, { name: 'Another cloud' }]);
  expect(choices.at(-1)).toEqual({
    id: 'note-policy-scope',
    name: `${providers.aws.name}: Say which keys the IAM policy names`,
  });
  expect(choices.map(({ id }) => id).toSorted()).toEqual(
    kindChoices([providers.aws])
      .map(({ id }) => id)
      .toSorted(),
  );
});

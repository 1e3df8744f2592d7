import { expect, test } from 'vitest';
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

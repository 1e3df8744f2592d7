import { expect, it } from 'vitest';
import { countedNames, namesOf } from './names.ts';

const apps = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `App ${index + 1}` }));

it('names a few, and says how many more there are', () => {
  expect(namesOf(apps(1))).toBe('App 1');
  expect(namesOf(apps(3))).toBe('App 1, App 2 and App 3');
  expect(namesOf(apps(1_012))).toMatch(/^App 1, .*App 10 and 1,002 more$/);
});

it('counts what it names', () => {
  expect(countedNames([])).toBe('None');
  expect(countedNames(apps(1))).toBe('1 app or bot: App 1');
  expect(countedNames(apps(2))).toBe('2 apps and bots: App 1 and App 2');
});

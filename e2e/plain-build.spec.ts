import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { filesWith, wordsOfSecondProvider } from './tasks/build-files.ts';

test('the build has nothing of the provider that is for tests alone', () => {
  const build = join(import.meta.dirname, '..', '.next');
  expect(filesWith(['Amazon Web Services'], build)).not.toEqual([]);
  expect(filesWith(wordsOfSecondProvider, build)).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files of a build that hold one of these words, its cache apart. */
export function filesWith(words: readonly string[], build: string): string[] {
  return readdirSync(build, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(join(build, 'cache')))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const text = readFileSync(path, 'latin1');
      return words.some((word) => text.includes(word));
    });
}

/** What nothing but the second provider of the tests says. */
export const wordsOfSecondProvider = ['Vault of Tests', 'TEST_VAULT_URL', 'second-provider/'];

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providerRules } from '#providers/rules.ts';
import { catalogue } from './catalogue.ts';

/** What may write messages: everything in lib that is no catalogue and no test. */
const writers = sourcesOf(new URL('../../', import.meta.url));
const catalogues = Object.entries({ '': catalogue, ...mapOf(providerRules) }).map(([provider, sentences]) => {
  return [provider || 'every provider', Object.keys(sentences)] as const;
});

describe.each(catalogues)('the catalogue of %s', (_, codes) => {
  it('has no sentence that nobody says', () => {
    expect(codes.filter((code) => !writers.some((text) => text.includes(`'${code}'`)))).toEqual([]);
  });

  it('has codes that can be stored and told from a provider’s', () => {
    for (const code of codes) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

function mapOf(rules: typeof providerRules) {
  return Object.fromEntries(Object.entries(rules).map(([provider, { messages }]) => [provider, messages]));
}

function sourcesOf(folder: URL): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const said = files.filter((file) => file.endsWith('.ts') && !/test\.ts$|testing\/|generated\/|messages\//.test(file));
  // The message that says what was said is made beside the others.
  const own = files.filter((file) => /messages\/(message|health-message)\.ts$/.test(file));
  return [...said, ...own].map((file) => readFileSync(new URL(file, folder), 'utf8'));
}

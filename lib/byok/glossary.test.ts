import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { providerRules } from '#providers/rules.ts';
import { glossary, terms } from './glossary.ts';
import type { ProviderDeclaration } from './provider-declaration.ts';

describe('the glossary of the screens', () => {
  it('says what GLOSSARY.md says, word for word', () => {
    const written = readFileSync(new URL('GLOSSARY.md', import.meta.url), 'utf8');
    const rows = new Map([...written.matchAll(/^\| (.+?) \| (.+) \|$/gm)].map(([, word, meaning]) => [word, meaning]));
    expect(rows.size).toBeGreaterThan(terms.length);
    for (const term of terms) expect([term, rows.get(term)]).toEqual([term, glossary[term]]);
  });

  it('leads to pages of AWS’s own documentation', () => {
    const { glossary: links }: ProviderDeclaration = providerRules.aws.declaration;
    const addresses = Object.values(links ?? {}).map(({ href }) => new URL(href));
    expect(addresses.length).toBeGreaterThanOrEqual(5);
    for (const { origin } of addresses) expect(origin).toBe('https://docs.aws.amazon.com');
  });
});

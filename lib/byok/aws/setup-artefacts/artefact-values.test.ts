import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artefactFileName, cmkAliasName, cmkDescription, oneLine, stackName } from './artefact-values.ts';
import { artefactValues, hostileTexts } from './testing/artefact-values.ts';

function named(alias: string, parts: { id?: string; tenant?: string; description?: string } = {}) {
  const { tenant, key } = artefactValues();
  return artefactValues({
    tenant: { ...tenant, name: parts.tenant ?? tenant.name },
    key: { id: parts.id ?? key.id, alias, description: parts.description ?? '' },
  });
}

describe('names that are derived for AWS', () => {
  it('say whose they are and for which key', () => {
    expect(artefactFileName(named('Prod – Européen', { tenant: 'Acme & Söhne' }), 'main.tf')).toBe(
      'keyward-acme-sohne-prod-europeen-main.tf',
    );
    expect(cmkAliasName(named('Prod'))).toBe('alias/keyward-prod-0a1b2c3d');
    expect(stackName(named('Prod'))).toBe('keyward-prod-0a1b2c3d');
  });

  it('are there where nothing of the alias can be used', () => {
    expect(cmkAliasName(named('鍵'))).toBe('alias/keyward-0a1b2c3d');
    expect(artefactFileName(named('鍵', { tenant: '🔑' }), 'main.tf')).toBe('keyward-0a1b2c3d-main.tf');
  });

  it('differ for two enterprise keys of one alias', () => {
    expect(cmkAliasName(named('Prod', { id: '11111111-1' }))).not.toBe(
      cmkAliasName(named('Prod', { id: '22222222-2' })),
    );
  });

  it('are what AWS takes, whatever was entered', () => {
    const text = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary', maxLength: 600 }));
    fc.assert(
      fc.property(text, text, text, (alias, tenant, description) => {
        const values = named(alias, { tenant, description });
        expect(cmkAliasName(values)).toMatch(/^alias\/[a-z0-9-]{1,200}$/);
        expect(stackName(values)).toMatch(/^[a-z][a-z0-9-]{0,127}$/);
        expect(artefactFileName(values, 'main.tf')).toMatch(/^keyward-[a-z0-9-]{1,120}main\.tf$/);
        expect(cmkDescription(values)).toMatch(/^Keyward,( |$)/);
        expect(cmkDescription(values).length).toBeLessThanOrEqual(1_000);
        expect(oneLine(alias)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });
});

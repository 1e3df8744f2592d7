import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Draft, fingerprintText, readDraft } from './connection.ts';
import { connectionModes, isKnown, known, unknownWords } from './connection-mode.ts';
import { Refusal } from './errors.ts';
import { providerList } from './providers.ts';

describe('how a stored row says that a key is reached', () => {
  it('is known for each mode of each declared provider', () => {
    const declared = providerList.flatMap(({ id, authModes }) => authModes.map((mode) => `${id} ${mode.id}`));
    expect(connectionModes.map(({ provider, authMode }) => `${provider} ${authMode}`)).toEqual(declared);
    for (const mode of connectionModes) expect(known({ ...mode, region: 'x' })).toMatchObject(mode);
  });

  it('is known for nothing else, however like one it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (provider, authMode) => {
        const declared = connectionModes.some((mode) => mode.provider === provider && mode.authMode === authMode);
        expect(isKnown({ provider, authMode })).toBe(declared);
      }),
    );
    const alike = [
      ['AWS', 'assume-role'],
      ['aws ', 'assume-role'],
      ['', ''],
      ['aws', ''],
      ['aws', 'Assume-Role'],
      ['constructor', 'assume-role'],
      ['gcp', 'access-key'],
    ] as const;
    for (const [provider, authMode] of alike) expect(isKnown({ provider, authMode })).toBe(false);
  });

  it('is refused with a code of its own that says what is stored, never with a character that turns it round', () => {
    const row = { provider: 'g\u202Ecp', authMode: 'x'.repeat(500) };
    const refusal = refusalOf(() => known(row));
    expect(refusal.code).toBe('unknown-provider');
    expect(refusal.details?.cause).toBe(unknownWords(row));
    expect(unknownWords(row)).toContain(String.raw`“g\u202Ecp”`);
    expect(unknownWords(row).length).toBeLessThan(300);
  });
});

const text = fc.string();
const draft = (mode: 'assume-role' | 'access-key', entered: object): Draft =>
  readDraft({ provider: 'aws', authMode: mode, entered });
const entered = fc.record({
  ...{ region: text, accountId: text, roleName: text, roleArn: text, accessKeyId: text, keyArn: text },
  ...{ createsKey: fc.boolean(), dataKeyPair: fc.boolean() },
});
const joined = fc.record({ tenantId: text, externalId: text, secretId: fc.option(text) });

describe('fingerprints', () => {
  it('of another mode are never the same, whatever else is', () => {
    fc.assert(
      fc.property(entered, entered, joined, joined, (one, other, ours, theirs) => {
        const role = fingerprintText(draft('assume-role', one), ours);
        expect(fingerprintText(draft('access-key', other), theirs)).not.toBe(role);
        expect(fingerprintText(draft('access-key', one), ours)).not.toBe(role);
      }),
    );
  });

  it.each([
    ['gcp', 'assume-role'],
    ['aws', 'federated'],
  ])('are of no row of %s, %s: there is no text to be compared', (provider, authMode) => {
    expect(refusalOf(() => readDraft({ provider, authMode, entered: {} })).code).toBe('unknown-provider');
    const made = { ...draft('assume-role', {}), provider, authMode } as unknown as Draft;
    expect(() => fingerprintText(made, { tenantId: '', externalId: '', secretId: null })).toThrow();
  });
});

function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('it was not refused');
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionModes, isKnown, known, unknownWords } from './connection-mode.ts';
import { Refusal } from './errors.ts';
import { fingerprint, type KeyConfiguration } from './key-configuration.ts';
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
const common = {
  region: text,
  accountId: text,
  keyArn: text,
  createsKey: fc.boolean(),
  dataKeyPair: fc.boolean(),
  alias: text,
  description: text,
};
/** As no row that is known can be: any provider with either mode, by the cast that the types forbid everywhere else. */
const configurations: fc.Arbitrary<KeyConfiguration> = fc.oneof(
  fc.record({
    provider: fc.oneof(fc.constant('aws'), text) as fc.Arbitrary<'aws'>,
    authMode: fc.constant('assume-role'),
    roleName: text,
    roleArn: text,
    ...common,
  }),
  fc.record({
    provider: fc.oneof(fc.constant('aws'), text) as fc.Arbitrary<'aws'>,
    authMode: fc.constant('access-key'),
    accessKeyId: text,
    secretId: text,
    ...common,
  }),
);

describe('fingerprints', () => {
  it('of another provider or mode are never the same, whatever else is', () => {
    fc.assert(
      fc.property(configurations, configurations, text, text, (one, other, ours, theirs) => {
        fc.pre(one.provider !== other.provider || one.authMode !== other.authMode);
        expect(fingerprint(one, ours)).not.toBe(fingerprint(other, theirs));
        const alike = { ...other, ...one, provider: other.provider, authMode: other.authMode } as KeyConfiguration;
        expect(fingerprint(alike, ours)).not.toBe(fingerprint(one, ours));
      }),
    );
  });

  it('are of no mode that is not known: there is no text to be compared', () => {
    const row = { provider: 'aws', authMode: 'federated', roleName: '', roleArn: '' } as unknown as KeyConfiguration;
    expect(() => fingerprint({ ...row, region: '', keyArn: '', createsKey: false }, 'external')).toThrow();
    // @ts-expect-error the mode of a row is any text: only a known one has a fingerprint
    expect(() => fingerprint({ ...row, authMode: String('federated') }, 'external')).toThrow();
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

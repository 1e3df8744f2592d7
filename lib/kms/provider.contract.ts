/** What every provider promises, as tests. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KmsFailureClass, type KmsFailureCode, kmsFailures } from '#lib/byok/kms-failure.ts';
import { type ProviderId, providers } from '#lib/byok/providers.ts';
import { classifyLoss, type Loss } from './classify-loss.ts';
import { KmsError } from './errors.ts';
import { type KeyConnection, keyServices } from './key-service.ts';
import { dataKeyBytes, type KmsProvider } from './provider.ts';

export type ContractSubject = {
  provider: KmsProvider;
  /** Another provider of the same kind, whose key is a different one. */
  other: KmsProvider;
  /** Whether a denial by this key may be our own fault: `Denials` of its key service. */
  isOurs: (error: KmsError) => Promise<boolean>;
  close?: () => Promise<void>;
};

const ids = {
  tenantId: '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11',
  appId: '0b9e6f52-54a4-4b27-8c3d-0e4d7f0a7c21',
};
const elsewhere = [
  ['another app', { ...ids, appId: 'd1f7a3c8-1e0b-4ff5-b0c6-0f4f6a1f9f52' }],
  ['another tenant', { ...ids, tenantId: 'aa6f3c57-0f5d-4a76-8d43-8b1f7f1f2c3d' }],
] as const;

/** What a failure of each class may come to. */
const losses = {
  transient: ['outage'],
  limit: ['outage'],
  'expired-token': ['outage'],
  integrity: ['integrity'],
  revoked: ['revoked', 'outage'],
  misconfigured: ['revoked', 'misconfigured', 'outage'],
} as const satisfies Record<KmsFailureClass, readonly Loss[]>;

/** The tenant of the made provider's key is the one of the ids here, where its key's policies demand one. */
export function describeProvider(name: string, make: () => Promise<ContractSubject>): void {
  describe(`${name} as a provider`, () => {
    let subject: ContractSubject;
    let provider: KmsProvider;
    beforeAll(async () => {
      subject = await make();
      provider = subject.provider;
    });
    afterAll(async () => {
      provider.close();
      subject.other.close();
      await subject.close?.();
    });

    it('generates data keys of 32 bytes, each its own, wrapped by the key that it names', async () => {
      const [one, two] = await Promise.all([provider.generateDataKey(ids), provider.generateDataKey(ids)]);
      expect(one.plaintext).toHaveLength(dataKeyBytes);
      expect(one.plaintext.equals(two.plaintext)).toBe(false);
      expect(one.wrapped.includes(one.plaintext)).toBe(false);
      expect(one.keyId).toBe(provider.keyId);
    });

    it('unwraps what it generated, and what it wrapped', async () => {
      const made = await provider.generateDataKey(ids);
      const back = await provider.unwrap(made.wrapped, ids);
      expect(back.plaintext.equals(made.plaintext)).toBe(true);
      expect(back.keyId).toBe(provider.keyId);
      const wrapped = await provider.wrap(made.plaintext, ids);
      expect((await provider.unwrap(wrapped.wrapped, ids)).plaintext.equals(made.plaintext)).toBe(true);
    });

    it('leaves the plaintext that it wraps as it was, and wraps it differently each time', async () => {
      const plaintext = Buffer.alloc(dataKeyBytes, 7);
      const [one, two] = await Promise.all([provider.wrap(plaintext, ids), provider.wrap(plaintext, ids)]);
      expect(plaintext).toEqual(Buffer.alloc(dataKeyBytes, 7));
      expect(one.wrapped.equals(two.wrapped)).toBe(false);
    });

    it.each(elsewhere)('refuses what was wrapped for these ids to %s', async (_, others) => {
      const { wrapped } = await provider.generateDataKey(ids);
      const failure = await failureOf(provider.unwrap(wrapped, others));
      // A key whose policy demands the tenant denies it before it looks at the bytes.
      expect(['invalid-ciphertext', 'access-denied']).toContain(failure.failure);
    });

    it('refuses what another key wrapped, as an integrity failure', async () => {
      const { wrapped } = await subject.other.generateDataKey(ids);
      expect(await failureOf(provider.unwrap(wrapped, ids))).toMatchObject({ class: 'integrity' });
    });

    it('refuses a wrapping with any changed, missing or added byte, as an integrity failure', async () => {
      const { wrapped } = await provider.generateDataKey(ids);
      const damaged = [0, 5, wrapped.length >> 1, wrapped.length - 1].map((at) => {
        const copy = Buffer.from(wrapped);
        copy[at] = (copy[at] ?? 0) ^ 0x01;
        return copy;
      });
      const others = [wrapped.subarray(0, -1), Buffer.concat([wrapped, Buffer.of(0)]), Buffer.alloc(0), Buffer.of(1)];
      for (const bytes of [...damaged, ...others]) {
        expect(await failureOf(provider.unwrap(bytes, ids))).toMatchObject({ class: 'integrity' });
      }
    });

    it.each([0, 16, 31, 33])('refuses to wrap %i bytes: only data keys are wrapped', async (size) => {
      expect(await failureOf(provider.wrap(Buffer.alloc(size), ids))).toMatchObject({ failure: 'wrong-length' });
    });

    it('tells nothing secret in an error, its text, JSON or inspection', async () => {
      const { wrapped, plaintext } = await provider.generateDataKey(ids);
      wrapped[wrapped.length - 1] = (wrapped[wrapped.length - 1] ?? 0) ^ 0x01;
      const failure = await failureOf(provider.unwrap(wrapped, ids));
      const { inspect } = await import('node:util');
      const told = [
        failure.message,
        String(failure.stack),
        JSON.stringify(failure),
        inspect(failure, { depth: 9 }),
      ].join('\n');
      for (const encoding of ['hex', 'base64'] as const) {
        expect(told).not.toContain(plaintext.toString(encoding));
        expect(told).not.toContain(wrapped.toString(encoding));
      }
    });

    it('says of every failure whose fault it is, and never that a damaged answer is a key that was taken away', async () => {
      for (const failure of Object.keys(kmsFailures) as KmsFailureCode[]) {
        const error = new KmsError(failure);
        const loss = classifyLoss(error, { everWorked: true, isOurs: await subject.isOurs(error) });
        expect(losses[error.class]).toContain(loss);
      }
    });

    it('takes a denial for the customer’s decision while we are well, but for one by a key of the vendor’s own', async () => {
      const error = new KmsError('access-denied');
      const loss = classifyLoss(error, { everWorked: true, isOurs: await subject.isOurs(error) });
      expect(loss === 'revoked').toBe(provider.kind !== 'platform');
    });

    it('answers a probe with the instant at which it was sent', async () => {
      const before = Date.now();
      const { sentAt, durationMs } = await provider.probe();
      expect(sentAt.getTime()).toBeGreaterThanOrEqual(before - 1);
      expect(sentAt.getTime()).toBeLessThanOrEqual(Date.now());
      expect(durationMs).toBeGreaterThanOrEqual(0);
    });

    it('gives up at once on a signal that has been aborted', async () => {
      expect(await failureOf(provider.generateDataKey(ids, AbortSignal.abort()))).toMatchObject({ failure: 'aborted' });
    });

    it('fails after it was closed', async () => {
      subject.other.close();
      expect(await failureOf(subject.other.generateDataKey(ids))).toMatchObject({ failure: 'aborted' });
    });
  });
}

type ModeOf<P extends ProviderId> = (typeof providers)[P]['authModes'][number]['id'];

export type BindingSubject = {
  /** A tenant's connection, as a version of its active key has it. */
  own: KeyConnection;
  /**
   * What another tenant can bring about, each by its name: whatever can be entered is the same, or what that tenant has of its
   * own; what is made by us, or sealed for a tenant, is the other's.
   */
  others: Record<string, KeyConnection>;
  close?: () => Promise<void>;
};

/** Each mode of a provider is bound to one tenant in the way that its declaration says: one that is left out does not compile. */
export function describeBindings<P extends ProviderId>(
  provider: P,
  make: Record<ModeOf<P>, () => Promise<BindingSubject>>,
): void {
  const modes: readonly { id: string; binding: string }[] = providers[provider].authModes;
  describe.each(modes)(`a connection to ${provider} by $id is bound to one tenant by $binding`, ({ id }) => {
    let subject: BindingSubject;
    const opened: KmsProvider[] = [];
    const open = (connection: KeyConnection) => {
      const limits = { totalTimeoutMs: 5_000 };
      const options = { revision: `binding-${opened.length}`, limits, onThrottled: () => undefined };
      const made = keyServices[provider].connect(connection, options);
      opened.push(made);
      return made;
    };
    beforeAll(async () => {
      subject = await make[id as ModeOf<P>]();
    });
    afterAll(async () => {
      for (const one of opened) one.close();
      await subject?.close?.();
    });

    it('its own tenant gets in, and what it wraps for one app opens for no other', async () => {
      const own = open(subject.own);
      const { wrapped, plaintext } = await own.generateDataKey(ids);
      expect((await own.unwrap(wrapped, ids)).plaintext.equals(plaintext)).toBe(true);
      const failure = await failureOf(own.unwrap(wrapped, { ...ids, appId: elsewhere[0][1].appId }));
      expect(['integrity', 'revoked']).toContain(failure.class);
    });

    it('another tenant that names the same key is refused, whatever it asks for and whomever it asks for', async () => {
      const { wrapped } = await open(subject.own).generateDataKey(ids);
      expect(Object.keys(subject.others)).not.toHaveLength(0);
      for (const [name, connection] of Object.entries(subject.others)) {
        const other = open(connection);
        for (const whose of [ids, { ...ids, tenantId: connection.tenantId }]) {
          const answers = [
            other.generateDataKey(whose),
            other.wrap(Buffer.alloc(dataKeyBytes, 1), whose),
            other.unwrap(wrapped, whose),
            other.probe(),
          ];
          for (const failure of await Promise.all(answers.map(failureOf))) {
            expect([name, failure.class], failure.failure).toEqual([
              name,
              expect.stringMatching(/^(revoked|misconfigured)$/),
            ]);
          }
        }
      }
    });
  });
}

async function failureOf(call: Promise<unknown>): Promise<KmsError> {
  const thrown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(KmsError);
  return thrown as KmsError;
}

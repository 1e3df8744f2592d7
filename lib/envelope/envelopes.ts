import type { Duplex } from 'node:stream';
import type { EncryptionContext } from './context.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { type OpenItem, type OpenResult, openItems } from './open.ts';
import { type SealItem, sealItems } from './seal.ts';
import { openStream, sealStream } from './stream.ts';
import { type BytesThrough, openWebStream, sealWebStream } from './stream-web.ts';

/** A source that can be let go of: `leasedKeys`, `wrappedKeys`, or one of your own. */
export type ClosableSource = DataKeySource & { close(): void };

/**
 * Seals and opens in this process, for one of the vendor's services. All of it fails with EnvelopeError (errors.ts) for
 * what concerns bytes, contexts and keys, and with whatever the source throws, unchanged.
 */
export type Envelopes = Readonly<{
  /** One record, up to 1 GiB; large data is for a stream. @returns an envelope of version 1, 57 bytes longer */
  seal(scope: Scope, plaintext: Uint8Array, context: EncryptionContext): Promise<Buffer>;
  open(scope: Scope, envelope: Uint8Array, context: EncryptionContext): Promise<Buffer>;
  /** Many at once, all or nothing; in the order of the items. */
  sealItems(scope: Scope, items: readonly SealItem[]): Promise<Buffer[]>;
  /** Many at once, each opened or refused by itself; in the order of the items. */
  openItems(scope: Scope, items: readonly OpenItem[]): Promise<OpenResult[]>;
  sealStream(scope: Scope, context: EncryptionContext): Duplex;
  openStream(scope: Scope, context: EncryptionContext): Duplex;
  sealWebStream(scope: Scope, context: EncryptionContext): BytesThrough;
  openWebStream(scope: Scope, context: EncryptionContext): BytesThrough;
  /** Wipes every data key that the source holds. */
  close(): void;
}>;

export function createEnvelopes({ source }: { source: ClosableSource }): Envelopes {
  return {
    async seal(scope, plaintext, context) {
      const [envelope] = await sealItems(source, scope, [{ plaintext, context }]);
      if (envelope === undefined) throw new Error('One item was sealed, and none came back.');
      return envelope;
    },
    async open(scope, envelope, context) {
      const [result] = await openItems(source, scope, [{ envelope, context }]);
      if (!result?.ok) throw result?.error ?? new Error('One item was opened, and none came back.');
      return result.plaintext;
    },
    sealItems: (scope, items) => sealItems(source, scope, items),
    openItems: (scope, items) => openItems(source, scope, items),
    sealStream: (scope, context) => sealStream(source, scope, context),
    openStream: (scope, context) => openStream(source, scope, context),
    sealWebStream: (scope, context) => sealWebStream(source, scope, context),
    openWebStream: (scope, context) => openWebStream(source, scope, context),
    close: () => source.close(),
  };
}

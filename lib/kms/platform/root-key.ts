/**
 * The platform key as a 256-bit root key that the vendor holds: what protects a tenant's data by default. Data keys are
 * wrapped with AES-256-GCM (NIST SP 800-38D) under a key derived from it; the encryption context is the associated data,
 * so a data key moved to another tenant or app does not unwrap. Nonces are random: at most 2^32 wrappings per root key.
 *
 * Wrapped: version 0x01 || 8 bytes that name the root key || 12-byte nonce || ciphertext || 16-byte tag.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomFillSync,
} from 'node:crypto';
import { KmsError } from '../errors.ts';
import {
  type DataKeyIds,
  dataKeyBytes,
  encryptionContext,
  type KmsProvider,
  type ProbeResult,
  type UnwrappedDataKey,
  type WrappedDataKey,
} from '../provider.ts';

const version = 0x01;
const nameBytes = 8;
const nonceBytes = 12;
const tagBytes = 16;
const headerBytes = 1 + nameBytes;

export type RootKeyOptions = {
  /** 32 bytes; copied into key objects. The caller may zero-fill it afterwards. */
  rootKey: Buffer;
  clock?: () => Date;
  random?: (size: number) => Buffer;
};

/** Throws RangeError for a root key of any other length than 32 bytes. */
export function createRootKeyProvider(options: RootKeyOptions): KmsProvider {
  return new RootKeyProvider(options);
}

class RootKeyProvider implements KmsProvider {
  readonly kind = 'platform';
  readonly keyId: string;
  readonly #name: Buffer;
  readonly #clock: () => Date;
  readonly #random: (size: number) => Buffer;
  readonly #nonce: () => Buffer;
  /** Of the ids that were asked for last: a data key that is moved and read back asks three times for the same. */
  #associated: DataKeyIds & { data: Buffer } = { tenantId: '', appId: '', data: Buffer.alloc(0) };
  #key: KeyObject | undefined;

  constructor({ rootKey, clock = () => new Date(), random }: RootKeyOptions) {
    if (rootKey.length !== 32) throw new RangeError('The platform root key must have 32 bytes.');
    this.#name = createHmac('sha256', rootKey).update('keyward/v1/platform-key-name').digest().subarray(0, nameBytes);
    this.keyId = `platform/${this.#name.toString('hex')}`;
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', rootKey, '', 'keyward/v1/platform-wrapping-key', 32)));
    this.#clock = clock;
    this.#random = random ?? randomBytes;
    this.#nonce = random ? () => random(nonceBytes) : createNoncePool();
  }

  async generateDataKey(ids: DataKeyIds, signal?: AbortSignal): Promise<WrappedDataKey & { plaintext: Buffer }> {
    const plaintext = Buffer.alloc(dataKeyBytes);
    plaintext.set(this.#random(dataKeyBytes));
    return { ...(await this.wrap(plaintext, ids, signal)), plaintext };
  }

  async wrap(plaintext: Buffer, ids: DataKeyIds, signal?: AbortSignal): Promise<WrappedDataKey> {
    const key = this.#open(signal);
    if (plaintext.length !== dataKeyBytes) throw new KmsError('wrong-length');
    const header = Buffer.concat([Buffer.of(version), this.#name]);
    const nonce = this.#nonce();
    const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(this.#associatedData(header, ids));
    const body = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    return { wrapped: Buffer.concat([header, nonce, body]), keyId: this.keyId, requestIds: [] };
  }

  async unwrap(wrapped: Buffer, ids: DataKeyIds, signal?: AbortSignal): Promise<UnwrappedDataKey> {
    const key = this.#open(signal);
    if (wrapped.length !== headerBytes + nonceBytes + dataKeyBytes + tagBytes || wrapped[0] !== version) {
      throw new KmsError('invalid-ciphertext');
    }
    const header = wrapped.subarray(0, headerBytes);
    // What another root key wrapped is refused by name, before any attempt to open it.
    if (!header.subarray(1).equals(this.#name)) throw new KmsError('incorrect-key');
    const nonce = wrapped.subarray(headerBytes, headerBytes + nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(this.#associatedData(header, ids));
    decipher.setAuthTag(wrapped.subarray(-tagBytes));
    const opened = decipher.update(wrapped.subarray(headerBytes + nonceBytes, -tagBytes));
    try {
      decipher.final();
    } catch {
      opened.fill(0);
      throw new KmsError('invalid-ciphertext');
    }
    const plaintext = Buffer.alloc(dataKeyBytes);
    opened.copy(plaintext);
    opened.fill(0);
    return { plaintext, keyId: this.keyId, requestIds: [] };
  }

  async probe(signal?: AbortSignal): Promise<ProbeResult> {
    const sentAt = this.#clock();
    const began = performance.now();
    const ids = { tenantId: 'platform', appId: 'health-probe' };
    const { wrapped, plaintext } = await this.generateDataKey(ids, signal);
    const back = await this.unwrap(wrapped, ids, signal);
    const same = back.plaintext.equals(plaintext);
    plaintext.fill(0);
    back.plaintext.fill(0);
    if (!same) throw new KmsError('wrong-plaintext');
    return { requestIds: [], sentAt, durationMs: Math.round(performance.now() - began) };
  }

  /** There is nothing to describe. */
  async look(): Promise<string[]> {
    return [];
  }

  close(): void {
    this.#key = undefined;
  }

  /** @param header always this key's own: whatever names another key was refused before */
  #associatedData(header: Buffer, ids: DataKeyIds): Buffer {
    const { tenantId, appId } = ids;
    if (this.#associated.tenantId !== tenantId || this.#associated.appId !== appId)
      this.#associated = { tenantId, appId, data: associatedData(header, ids) };
    return this.#associated.data;
  }

  #open(signal?: AbortSignal): KeyObject {
    if (!this.#key || signal?.aborted) throw new KmsError('aborted');
    return this.#key;
  }
}

/** Drawn in larger pieces, since a call costs more than its bytes. They are copied out, and none is used twice. */
function createNoncePool(): () => Buffer {
  const pool = Buffer.alloc(512 * nonceBytes);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += nonceBytes;
    return Buffer.from(pool.subarray(used - nonceBytes, used));
  };
}

/** The header and the context's pairs, as JSON of a list in a fixed order: no two contexts give the same bytes. */
function associatedData(header: Buffer, ids: DataKeyIds): Buffer {
  const pairs = Object.entries(encryptionContext(ids));
  return Buffer.concat([header, Buffer.from(JSON.stringify(pairs), 'utf8')]);
}

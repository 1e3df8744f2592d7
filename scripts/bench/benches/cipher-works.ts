/** What the bench of the cipher holds against each other. Every work is one message. */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { DataKey } from '#lib/envelope/data-key.ts';
import { parseEnvelope } from '#lib/envelope/format.ts';
import { XaesKey } from '#lib/envelope/xaes.ts';
import type { Work, Works } from '../slice-process.ts';

export const cipherSizes = { '64 B': 64, '1 KiB': 1024, '16 KiB': 16_384, '1 MiB': 2 ** 20 } as const;
type Size = keyof typeof cipherSizes;
const sizes = Object.keys(cipherSizes) as Size[];

/** What a record's context looks like. As bytes beside a message of ours it is 142. */
export const recordContext = { table: 'messages', column: 'body', record: '0193a000-0000-7000-8000-00000000000d' };
export const additionalBytes = 142;

/** The same for one record after another. */
export function recordContexts(): () => typeof recordContext {
  return inTurnOf(64, () => ({ ...recordContext, record: Buffer.from(randomUUID()).toString() }));
}

export const cipherWorks: Works = Object.fromEntries(
  sizes.flatMap((size) => {
    const bytes = cipherSizes[size];
    return [
      [`bare seal ${size}`, () => bareSeal(bytes)],
      [`bare open ${size}`, () => bareOpen(bytes)],
      [`xaes seal ${size}`, () => xaesSeal(bytes)],
      [`seal ${size}`, () => seal(bytes)],
      [`open ${size}`, () => open(bytes)],
      [`open of many ${size}`, () => openOfMany(bytes)],
    ];
  }),
);

/** Node's cipher at its best: a KeyObject kept, an IV that counts in memory that is kept, additional data kept. */
function bareSeal(bytes: number): Work {
  const { key, iv, aad } = bareParts();
  const plaintext = randomBytes(bytes);
  let count = 0;
  return () => {
    count = (count + 1) >>> 0;
    iv.writeUInt32BE(count, 8);
    return bareSealed({ key, iv, aad }, plaintext);
  };
}

/** One of many stored messages after another, as ours. */
function bareOpen(bytes: number): Work {
  const parts = bareParts();
  const sealed = inTurnOf(countOf(bytes), (at) => {
    const iv = Buffer.alloc(12, at);
    return { iv, ...bareSealed({ ...parts, iv }, randomBytes(bytes)) };
  });
  return () => {
    const { iv, ciphertext, tag } = sealed();
    const decipher = createDecipheriv('aes-256-gcm', parts.key, iv, GCM);
    decipher.setAAD(parts.aad);
    decipher.setAuthTag(tag);
    const plaintext = decipher.update(ciphertext);
    decipher.final();
    return plaintext;
  };
}

/** Ours without envelope and context: nonce, ciphertext and tag. */
function xaesSeal(bytes: number): Work {
  const key = new XaesKey(randomBytes(32));
  const [plaintext, aad] = [randomBytes(bytes), randomBytes(additionalBytes)];
  return () => {
    const target = Buffer.allocUnsafe(bytes + 40);
    key.sealInto(target, 0, plaintext, aad);
    return target;
  };
}

/** Ours as it is called: from a plaintext and a context as an object to an envelope. */
function seal(bytes: number): Work {
  const key = dataKeyOf(randomBytes(32));
  const plaintext = randomBytes(bytes);
  const context = recordContexts();
  return () => key.seal(plaintext, context());
}

/** From an envelope and a context as an object to the plaintext. */
function open(bytes: number): Work {
  const key = dataKeyOf(randomBytes(32));
  const sealed = manyOf(() => key, bytes);
  return () => {
    const { envelope, context } = sealed();
    return key.open(parseEnvelope(envelope), context);
  };
}

/** Each envelope is of another process's run: none of the keys kept opens it, and one is derived each time. */
function openOfMany(bytes: number): Work {
  const [raw, ids] = [randomBytes(32), newIds()];
  const key = DataKey.fromRaw({ ...ids, raw });
  const sealed = manyOf(() => DataKey.fromRaw({ ...ids, raw }), bytes);
  return () => {
    const { envelope, context } = sealed();
    return key.open(parseEnvelope(envelope), context);
  };
}

function manyOf(writer: () => DataKey, bytes: number) {
  const contexts = recordContexts();
  return inTurnOf(countOf(bytes), () => {
    const context = contexts();
    return { context, envelope: writer().seal(randomBytes(bytes), context) };
  });
}

/** So many that none is where the one before was, and so few that none has to be fetched from far. */
function countOf(bytes: number): number {
  return bytes > 65_536 ? 4 : 64;
}

function inTurnOf<T>(count: number, make: (at: number) => T): () => T {
  const all = Array.from({ length: count }, (_, at) => make(at));
  let next = 0;
  return () => {
    next = (next + 1) % count;
    return all[next] as T;
  };
}

function dataKeyOf(raw: Buffer): DataKey {
  return DataKey.fromRaw({ ...newIds(), raw });
}

function newIds() {
  return { id: randomUUID(), tenantId: randomUUID(), appId: randomUUID() };
}

function bareParts() {
  return { key: createSecretKey(randomBytes(32)), iv: Buffer.alloc(12), aad: randomBytes(additionalBytes) };
}

function bareSealed({ key, iv, aad }: ReturnType<typeof bareParts>, plaintext: Buffer) {
  const cipher = createCipheriv('aes-256-gcm', key, iv, GCM);
  cipher.setAAD(aad);
  const ciphertext = cipher.update(plaintext);
  cipher.final();
  return { ciphertext, tag: cipher.getAuthTag() };
}

const GCM = { authTagLength: 16 };

/** One side of the bench of streams: so many bytes, in pieces of 64 KiB, through one of ours or through one cipher of Node's. */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { DataKey } from '#lib/envelope/data-key.ts';
import { openStream, sealStream } from '#lib/envelope/stream.ts';
import { sealedStreamBytes } from '#lib/envelope/stream-format.ts';
import { serve } from './child.ts';

export type StreamWork = 'seal' | 'open' | 'bare seal' | 'bare open';
export type StreamCommand = { work: StreamWork; bytes: number };
/** Processor time, that of garbage collection included: how long others kept the processor does not count. */
export type StreamAnswer = { cpuSeconds: number; seconds: number; bytesOut: number; aboveIdleMb: number };

const pieceBytes = 64 * 1024;
const warmBytes = 32 * 2 ** 20;
const scope = { tenantId: randomUUID(), appId: randomUUID() };
const context = { table: 'files', column: 'content', record: randomUUID() };
const dataKey = DataKey.fromRaw({ ...scope, id: randomUUID(), raw: randomBytes(32) });
const source = { current: async () => dataKey, byId: async () => dataKey };
/** As much as a stream's segments have beside them. */
const additionalData = Buffer.alloc(180);

serve(
  async ({ work, bytes }: StreamCommand): Promise<StreamAnswer> => {
    const run = await works[work](bytes);
    const idle = process.memoryUsage.rss();
    const warm = await works[work](Math.min(bytes, warmBytes));
    await warm();
    const [cpu, began] = [process.cpuUsage(), performance.now()];
    const bytesOut = await run();
    const { user, system } = process.cpuUsage(cpu);
    const aboveIdleMb = process.resourceUsage().maxRSS / 1024 - idle / 2 ** 20;
    return { cpuSeconds: (user + system) / 1e6, seconds: (performance.now() - began) / 1000, bytesOut, aboveIdleMb };
  },
  async () => undefined,
);

/** What is made ready does not count; what it makes is run once, and answers how many bytes came out. */
const works: Record<StreamWork, (bytes: number) => Promise<() => Promise<number>>> = {
  async seal(bytes) {
    return () => through(sealStream(source, scope, context), plaintextOf(bytes));
  },
  async open(bytes) {
    const sealed = Buffer.alloc(sealedStreamBytes(bytes));
    let at = 0;
    await through(sealStream(source, scope, context), plaintextOf(bytes), (piece) => {
      at += piece.copy(sealed, at);
    });
    // As it comes from a file: in pieces that fit no segment.
    return () => through(openStream(source, scope, context), cut(sealed));
  },
  async 'bare seal'(bytes) {
    const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12)).setAAD(additionalData);
    return async () => {
      let bytesOut = 0;
      for (const piece of plaintextOf(bytes)) bytesOut += cipher.update(piece).length;
      return bytesOut + cipher.final().length + cipher.getAuthTag().length;
    };
  },
  async 'bare open'(bytes) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(additionalData);
    const sealed = Buffer.alloc(bytes);
    let at = 0;
    for (const piece of plaintextOf(bytes)) at += cipher.update(piece).copy(sealed, at);
    cipher.final();
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(additionalData);
    decipher.setAuthTag(cipher.getAuthTag());
    return async () => {
      let bytesOut = 0;
      for (const piece of cut(sealed)) bytesOut += decipher.update(piece).length;
      return bytesOut + decipher.final().length;
    };
  },
};

const key = createSecretKey(randomBytes(32));
const blocks = Array.from({ length: 64 }, () => randomBytes(pieceBytes));

function* plaintextOf(bytes: number): Generator<Buffer> {
  for (let at = 0; at < bytes; at += pieceBytes) yield blocks[(at / pieceBytes) % blocks.length] ?? Buffer.alloc(0);
}

function* cut(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function through(stream: Duplex, pieces: Iterable<Buffer>, onPiece?: (piece: Buffer) => void): Promise<number> {
  let bytesOut = 0;
  stream.on('data', (piece: Buffer) => {
    bytesOut += piece.length;
    onPiece?.(piece);
  });
  const ended = new Promise<void>((resolve, reject) => stream.once('end', resolve).once('error', reject));
  for (const piece of pieces) if (!stream.write(piece)) await new Promise((drained) => stream.once('drain', drained));
  stream.end();
  await ended;
  return bytesOut;
}

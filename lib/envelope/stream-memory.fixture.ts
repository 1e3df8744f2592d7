/**
 * A process of its own that seals so many MiB, opens what comes out, and says how far its memory rose above what it had
 * when idle: `node stream-memory.fixture.ts MIB node|web`. Nothing is kept but a digest, which has to be the same on both ends.
 */
import { createHash, randomBytes } from 'node:crypto';
import { Duplex, Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CONTEXT, newDataKey, SCOPE, sourceOf } from './stream.fixture.ts';
import { openStream, sealStream } from './stream.ts';
import { type BytesThrough, openWebStream, sealWebStream } from './stream-web.ts';

const MIB = 2 ** 20;
const source = sourceOf(newDataKey());

const idle = process.memoryUsage.rss() / MIB;
const same = await roundTrip(Number(process.argv[2]));
// The most that it ever was, as the system counts it, in KiB.
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ same, idleMib: Math.round(idle), aboveIdleMib: Math.round(peak - idle) }));

async function roundTrip(mib: number): Promise<boolean> {
  const [before, after] = [createHash('sha256'), createHash('sha256')];
  const block = randomBytes(MIB);
  const plaintext = (function* () {
    for (let i = 0; i < mib; i++) {
      block.writeUInt32BE(i);
      before.update(block);
      // Pieces that fit no segment, of memory of their own, as a file or a socket gives them.
      for (let at = 0; at < MIB; at += 50_000) yield Buffer.from(block.subarray(at, at + 50_000));
    }
  })();
  const sink = new Writable({
    write(bytes: Buffer, _, done) {
      after.update(bytes);
      done();
    },
  });
  const steps =
    process.argv[3] === 'web'
      ? [duplexOf(sealWebStream(source, SCOPE, CONTEXT)), duplexOf(openWebStream(source, SCOPE, CONTEXT))]
      : [sealStream(source, SCOPE, CONTEXT), openStream(source, SCOPE, CONTEXT)];
  await pipeline([Readable.from(plaintext), ...steps, sink]);
  return before.digest().equals(after.digest());
}

function duplexOf(pair: BytesThrough): Duplex {
  // The web's types and Node's own for the same objects differ.
  return Duplex.fromWeb(pair as Parameters<typeof Duplex.fromWeb>[0]);
}

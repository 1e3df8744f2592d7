import type { Call } from './call.ts';
import type { JsonShape } from './json-shape.ts';
import { tooFast } from './too-fast.ts';

export type Reading = {
  /** For whom its bytes are taken from the account of bytes in flight. */
  tenantId: string;
  mostBytes: number;
  /** Looks through it as it comes in, and ends the reading where it is overgrown. */
  shape?: JsonShape;
};

/**
 * The whole body in the pieces in which it came, told once it is there. A body that is longer than allowed, or for which there
 * is no room, is refused by what it says of itself, or as soon as it is; whoever goes away meanwhile is not waited for.
 */
export function readBody(call: Call, reading: Reading, then: (body: Buffer[]) => void): void {
  // What is thrown in an event of a request has nobody else to catch it.
  read(call, reading, (body) => {
    try {
      if (!call.isAnswered) then(body);
    } catch (error) {
      call.fail(error);
    }
  });
}

function read(call: Call, reading: Reading, then: (body: Buffer[]) => void): void {
  const { req } = call;
  const announced = Number(req.headers['content-length'] ?? -1);
  if (announced > reading.mostBytes) {
    call.refuse('too-large');
    return;
  }
  if (announced === 0) {
    then([]);
    return;
  }
  if (announced > 0 && !hold(call, reading, announced)) return;
  // Most bodies are one piece of the announced length: nothing else is listened for until one turns out not to be.
  req.once('data', (first: Buffer) => {
    if (first.length !== announced) readOn(call, reading, announced, first, then);
    else if (isInShape(call, reading, first)) then([first]);
  });
  if (announced < 0) req.once('end', () => then([]));
}

function readOn(call: Call, reading: Reading, announced: number, first: Buffer, then: (body: Buffer[]) => void): void {
  const { req } = call;
  const parts = new Parts();
  let length = 0;
  const stop = () => {
    parts.all.length = 0;
    req.off('data', take);
  };
  const take = (part: Buffer) => {
    length += part.length;
    parts.add(part);
    if (length > reading.mostBytes) call.refuse('too-large');
    else if (announced < 0 && !hold(call, reading, part.length)) return stop();
    else if (isInShape(call, reading, part)) return;
    stop();
  };
  req.removeAllListeners('end');
  req.on('data', take);
  req.on('end', () => then(parts.all));
  req.on('error', () => {
    stop();
    call.end(0);
  });
  take(first);
}

function hold(call: Call, { tenantId }: Reading, bytes: number): boolean {
  const full = call.hold(tenantId, bytes);
  if (full === undefined) return true;
  const wait = tooFast(1_000);
  if (full === 'tenant') call.refuse('too-many-requests', { ...wait, message: 'This tenant has too much under way.' });
  else call.refuse('unavailable', { ...wait, message: 'Too much is under way here.' });
  return false;
}

function isInShape(call: Call, { shape }: Reading, part: Buffer): boolean {
  if (shape === undefined || shape.take(part)) return true;
  call.refuse('invalid-input', { fields: { body: shape.fault ?? '' } });
  return false;
}

/** Small parts are put together: sent byte by byte, a body would otherwise take a hundred times its length. */
class Parts {
  readonly all: Buffer[] = [];
  #block = Buffer.alloc(0);
  #used = 0;

  add(part: Buffer): void {
    if (part.length >= blockBytes / 2) {
      this.#used = this.#block.length;
      this.all.push(part);
      return;
    }
    if (this.#used + part.length > this.#block.length) {
      this.#block = Buffer.allocUnsafeSlow(blockBytes);
      this.#used = 0;
      this.all.push(this.#block.subarray(0, 0));
    }
    part.copy(this.#block, this.#used);
    this.#used += part.length;
    this.all[this.all.length - 1] = this.#block.subarray(0, this.#used);
  }
}

const blockBytes = 64 * 1024;

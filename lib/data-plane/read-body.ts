import type { Call } from './call.ts';

/**
 * The whole body, told once it is there. A body that is longer than allowed is refused by what it says of itself, or as soon
 * as it is; whoever goes away meanwhile is not waited for.
 */
export function readBody(call: Call, mostBytes: number, then: (body: Buffer) => void): void {
  // What is thrown in an event of a request has nobody else to catch it.
  read(call, mostBytes, (body) => {
    try {
      if (!call.isAnswered) then(body);
    } catch (error) {
      call.fail(error);
    }
  });
}

function read(call: Call, mostBytes: number, then: (body: Buffer) => void): void {
  const { req } = call;
  const announced = Number(req.headers['content-length'] ?? -1);
  if (announced > mostBytes) {
    call.refuse('too-large');
    return;
  }
  if (announced === 0) {
    then(Buffer.alloc(0));
    return;
  }
  // Most bodies are one piece of the announced length: nothing else is listened for until one turns out not to be.
  req.once('data', (first: Buffer) => {
    if (first.length !== announced) readOn(call, mostBytes, first, then);
    else then(first);
  });
  if (announced < 0) req.once('end', () => then(Buffer.alloc(0)));
}

function readOn(call: Call, mostBytes: number, first: Buffer, then: (body: Buffer) => void): void {
  const { req } = call;
  const parts: Buffer[] = [];
  let length = 0;
  const take = (part: Buffer) => {
    length += part.length;
    if (length <= mostBytes) parts.push(part);
    else {
      parts.length = 0;
      req.pause();
      call.refuse('too-large');
    }
  };
  req.removeAllListeners('end');
  req.on('data', take);
  req.on('end', () => then(Buffer.concat(parts)));
  req.on('error', () => call.end(0));
  take(first);
}

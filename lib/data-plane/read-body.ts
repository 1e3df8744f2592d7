import type { Call } from './call.ts';

/**
 * The whole body, told once it is there. A body that is longer than allowed is refused by what it says of itself, or as soon
 * as it is; whoever goes away meanwhile is not waited for.
 */
export function readBody(call: Call, mostBytes: number, then: (body: Buffer) => void): void {
  const { req } = call;
  if (Number(req.headers['content-length'] ?? 0) > mostBytes) {
    call.refuse('too-large');
    return;
  }
  const parts: Buffer[] = [];
  let length = 0;
  req.on('data', (part: Buffer) => {
    length += part.length;
    if (length > mostBytes) {
      parts.length = 0;
      req.pause();
      call.refuse('too-large');
    } else if (!call.isAnswered) parts.push(part);
  });
  req.on('end', () => {
    const [first] = parts;
    if (!call.isAnswered) then(parts.length === 1 && first ? first : Buffer.concat(parts));
  });
  req.on('error', () => call.end(0));
}

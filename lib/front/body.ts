import type { IncomingMessage } from 'node:http';

/**
 * The whole body, or why there is none. It is copied into one piece while it comes: of a body that comes byte by byte each piece
 * would otherwise hold some hundred bytes of its own.
 */
export function readInTime(
  req: IncomingMessage,
  { mostBytes, withinMs }: { mostBytes: number; withinMs: number },
): Promise<Buffer | 'too-large' | 'too-slow' | 'gone'> {
  return new Promise((resolve) => {
    const announced = Number(req.headers['content-length'] ?? 0);
    let held = Buffer.allocUnsafe(Math.min(announced || 4_096, 65_536, mostBytes));
    let length = 0;
    const timer = setTimeout(() => end('too-slow'), withinMs);
    const end = (outcome: Buffer | 'too-large' | 'too-slow' | 'gone') => {
      clearTimeout(timer);
      req.off('data', take).off('end', whole).off('close', gone);
      req.pause();
      resolve(outcome);
    };
    const take = (piece: Buffer) => {
      const needed = length + piece.length;
      if (needed > mostBytes) return end('too-large');
      if (needed > held.length) {
        const wider = Buffer.allocUnsafe(Math.min(mostBytes, Math.max(needed, 2 * held.length)));
        held.copy(wider, 0, 0, length);
        held = wider;
      }
      piece.copy(held, length);
      length = needed;
    };
    const whole = () => end(held.subarray(0, length));
    const gone = () => end('gone');
    req.on('error', () => undefined);
    req.on('data', take).on('end', whole).on('close', gone);
    if (req.destroyed && !req.complete) gone();
  });
}

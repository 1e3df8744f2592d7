import type { IncomingMessage } from 'node:http';

/**
 * Lets a refusal reach who is still sending. To close at once would throw it away, together with what was not read: then the
 * caller sees a broken connection instead of the reason. After the answer the connection is half closed, and ends when the
 * caller has, or a moment later.
 * @param reads whether what still comes is read and thrown away, for callers that read no answer before they have sent all
 */
export function lingerAfterAnswer(req: IncomingMessage, reads: boolean): void {
  const { socket } = req;
  if (!reads) req.pause();
  // What Node calls when the last answer of a connection has left.
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), reads ? readsForMs : staysForMs);
    socket.once('close', () => clearTimeout(timer));
    if (!reads) return;
    req.removeAllListeners('data');
    req.once('end', () => socket.destroy());
    req.on('error', () => undefined);
    req.resume();
  };
}

const staysForMs = 3_000;
const readsForMs = 10_000;

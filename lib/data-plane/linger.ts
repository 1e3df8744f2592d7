import type { IncomingMessage } from 'node:http';
import { leaveUnread } from './unread-body.ts';

/**
 * Lets a refusal reach who is still sending: to close at once would throw it away, together with what was not read. After the
 * answer the connection is half closed, and ends when the caller has, or a moment later.
 * @param reads whether what still comes is read and thrown away, for callers that read no answer before they have sent all
 */
export function lingerAfterAnswer(req: IncomingMessage, reads: boolean): void {
  if (!reads) {
    leaveUnread(req);
    return;
  }
  const { socket } = req;
  // What Node calls when the last answer of a connection has left.
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), readsForMs);
    socket.once('close', () => clearTimeout(timer));
    req.removeAllListeners('data');
    req.once('end', () => socket.destroy());
    req.on('error', () => undefined);
    req.resume();
  };
}

const readsForMs = 10_000;

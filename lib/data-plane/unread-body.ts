import type { IncomingMessage } from 'node:http';

/** So long the caller has to see the answer before its connection is cut: a crowded machine comes late to reading it. */
const lingerMs = 5_000;

/**
 * The rest of this request's body stays unread, and its connection ends with the answer. First our half of it alone: a connection
 * that is closed with bytes unread is reset, and a caller that still sends would hear of that instead of the answer
 * (RFC 9112, section 9.6).
 */
export function leaveUnread({ socket }: IncomingMessage): void {
  // What Node calls when the answer has left; it would close the connection there and then.
  socket.destroySoon = () => {
    if (socket.writable) socket.end();
    // Node throws away what is left of a body, by reading it: in the same turn, so the next one stops that.
    setImmediate(() => socket.pause());
    const timer = setTimeout(() => socket.destroy(), lingerMs).unref();
    socket.once('close', () => clearTimeout(timer));
  };
}

/**
 * Sends the same request over connections that are kept, each again as soon as it is answered, and counts the answers. It looks
 * at little of them, so that it has processor left while the server has none.
 */
import { connect, type Socket } from 'node:net';
import { serve } from './child.ts';

export type LoadCommand = {
  do: 'load';
  url: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  connections: number;
  ms: number;
};
/** `cpuMs`: what this process itself has used meanwhile. */
export type LoadAnswer = { answers: number; seconds: number; cpuMs: number };

serve(load, async () => undefined);

async function load({ url, path, headers, body, connections, ms }: LoadCommand): Promise<LoadAnswer> {
  const { hostname, port } = new URL(url);
  const head = Object.entries({ host: `${hostname}:${port}`, 'content-length': Buffer.byteLength(body), ...headers });
  const request = Buffer.from(
    `POST ${path} HTTP/1.1\r\n${head.map(([n, v]) => `${n}: ${v}`).join('\r\n')}\r\n\r\n${body}`,
  );
  const until = performance.now() + ms;
  const began = performance.now();
  const before = process.cpuUsage();
  const counts = await Promise.all(
    Array.from({ length: connections }, () => keepAsking(Number(port), hostname, request, until)),
  );
  const used = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1_000;
  return { answers: counts.reduce((sum, one) => sum + one, 0), seconds, cpuMs: (used.user + used.system) / 1_000 };
}

function keepAsking(port: number, host: string, request: Buffer, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host, noDelay: true });
    let answers = 0;
    let left = -1;
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server ended a connection.')));
    socket.on('connect', () => socket.write(request));
    socket.on('data', (piece: Buffer) => {
      // An answer's headers come in one piece.
      left = left < 0 ? bodyLength(piece) : left - piece.length;
      if (left > 0) return;
      answers++;
      left = -1;
      if (performance.now() < until) {
        socket.write(request);
        return;
      }
      socket.removeAllListeners('close');
      socket.end();
      resolve(answers);
    });
  });
}

/** What is still to come of an answer that begins with this piece. */
function bodyLength(piece: Buffer): number {
  const end = piece.indexOf('\r\n\r\n');
  const head = piece.toString('latin1', 0, end);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  if (end < 0 || length === undefined || !head.startsWith('HTTP/1.1 200'))
    throw new Error(`The server answered: ${piece.toString('latin1').slice(0, 500)}`);
  return Number(length) - (piece.length - end - 4);
}

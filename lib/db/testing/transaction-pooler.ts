/**
 * A transaction pooler as small as one can be: any number of clients share one connection to the server, handed on whenever
 * no transaction is open. Speaks the simple query protocol: https://www.postgresql.org/docs/current/protocol-flow.html
 */
import { createServer, type Socket } from 'node:net';
import pg from 'pg';

export interface TransactionPooler {
  url: string;
  close(): Promise<void>;
}

export async function startTransactionPooler(databaseUrl: string): Promise<TransactionPooler> {
  const server = new pg.Client({ connectionString: databaseUrl });
  server.on('error', () => undefined);
  await server.connect();
  const upstream = server.connection.stream;
  upstream.removeAllListeners('data');
  let holder: Socket | undefined;
  const waiting: { client: Socket; message: Buffer }[] = [];
  const next = () => {
    const at = waiting.findIndex(({ client }) => holder === undefined || holder === client);
    const [turn] = at < 0 ? [] : waiting.splice(at, 1);
    if (!turn) return;
    holder = turn.client;
    upstream.write(turn.message);
  };
  let answer = Buffer.alloc(0);
  upstream.on('data', (chunk: Buffer) => {
    answer = Buffer.concat([answer, chunk]);
    for (let end = lengthOf(answer, 1); end !== undefined; end = lengthOf(answer, 1)) {
      const message = answer.subarray(0, end);
      answer = answer.subarray(end);
      holder?.write(message);
      if (message[0] !== readyForQuery) continue;
      if (message[5] === idle) holder = undefined;
      next();
    }
  });
  const sockets = new Set<Socket>();
  const front = createServer((client) => {
    sockets.add(client);
    let [begun, received] = [false, Buffer.alloc(0)];
    client.on('error', () => undefined);
    client.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      for (let end = lengthOf(received, begun ? 1 : 0); end !== undefined; end = lengthOf(received, begun ? 1 : 0)) {
        const message = Buffer.from(received.subarray(0, end));
        received = received.subarray(end);
        if (!begun) client.write(welcome);
        else if (message.toString('latin1', 0, 1) === 'Q') waiting.push({ client, message });
        begun = true;
        if (holder === undefined || holder === client) next();
      }
    });
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const address = front.address();
  const url = new URL(databaseUrl);
  url.port = typeof address === 'object' && address ? String(address.port) : '';
  return {
    url: url.href,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      upstream.destroy();
      await new Promise<void>((resolve) => front.close(() => resolve()));
    },
  };
}

const readyForQuery = 'Z'.charCodeAt(0);
const idle = 'I'.charCodeAt(0);
/** Welcome without a password, and ready. */
const welcome = Buffer.from([...[0x52, 0, 0, 0, 8, 0, 0, 0, 0], ...[readyForQuery, 0, 0, 0, 5, idle]]);

/** The length of the first whole message, of which `typeBytes` stand before its length. */
function lengthOf(bytes: Buffer, typeBytes: number): number | undefined {
  if (bytes.length < typeBytes + 4) return undefined;
  const end = typeBytes + bytes.readInt32BE(typeBytes);
  return bytes.length >= end ? end : undefined;
}

/**
 * For tests: a front server in a process of its own before pages that write down what they were asked, over a world with people
 * and services.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import type { Caller } from '../../auth/identify.ts';
import { getConfig } from '../../config/config.ts';
import type { FrontOptions } from '../server.ts';
import type { FrontCommand, FrontSaid } from './front-process.ts';

export type Asked = { method: string; url: string; headers: IncomingHttpHeaders; rawHeaders: string[]; body: Buffer };

export type ServedFront = {
  port: number;
  url: string;
  /** What reached the pages, the latest last. */
  asked: Asked[];
  /** Instead of 200 and "pages". */
  answerWith(answer: (req: IncomingMessage, res: ServerResponse) => void): void;
  /** What its process holds in memory now, in bytes. */
  rss(): Promise<number>;
  /** Has it say that it is about to end. */
  drain(): void;
  /** Has that be soon; resolves when the process has ended. */
  end(): Promise<void>;
  close(): Promise<void>;
};

/** @param databaseUrl another one than the world's */
export async function serveFront(
  options: Partial<FrontOptions> = {},
  databaseUrl = getConfig().databaseUrl,
): Promise<ServedFront> {
  const folder = mkdtempSync(join(tmpdir(), 'keyward-front-'));
  const pagesSocket = join(folder, 'pages.sock');
  const asked: Asked[] = [];
  let answer = (_req: IncomingMessage, res: ServerResponse): void => void res.end('pages');
  const pages = createServer(async (req, res) => {
    const body: Buffer[] = [];
    for await (const piece of req) body.push(piece as Buffer);
    const { method = '', url = '', headers, rawHeaders } = req;
    asked.push({ method, url, headers, rawHeaders, body: Buffer.concat(body) });
    answer(req, res);
  });
  pages.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => pages.listen(pagesSocket, resolve));
  const all: FrontOptions = {
    host: '127.0.0.1',
    port: 0,
    pagesSocket,
    publicUrl: 'https://keys.example.com',
    trustsHost: false,
    services: { requestsPerSecond: 100_000, itemsPerSecond: 1_000_000 },
    ...options,
  };
  const child = begin(all, databaseUrl);
  const { port = 0 } = await told(child);
  const ended = once(child, 'exit');
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    asked,
    answerWith: (other) => {
      answer = other;
    },
    rss: async () => {
      child.send({ do: 'tell' } satisfies FrontCommand);
      return (await told(child)).rss ?? 0;
    },
    drain: () => void child.send({ do: 'drain' } satisfies FrontCommand),
    end: async () => {
      child.send({ do: 'end' } satisfies FrontCommand);
      await ended;
    },
    close: async () => {
      if (child.connected) child.disconnect();
      await ended;
      pages.closeAllConnections();
      await new Promise((resolve) => pages.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function begin(options: FrontOptions, databaseUrl: string): ChildProcess {
  const config = getConfig();
  return fork(new URL('./front-process.ts', import.meta.url).pathname, [JSON.stringify(options)], {
    execArgv: ['--conditions=react-server'],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      KEYWARD_ROOT_KEY: config.rootKey.toString('base64'),
      NEXTAUTH_SECRET: config.nextAuthSecret,
      NEXTAUTH_URL: config.nextAuthUrl,
      KEYWARD_SERVICE_ROLE_ARN: config.serviceRoleArn,
      KEYWARD_ALLOWED_AWS_ENDPOINTS: process.env.AWS_ENDPOINT_URL_KMS,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? 'node_modules/.cache/keyward-node',
    },
  });
}

async function told(child: ChildProcess): Promise<FrontSaid> {
  const heard = new AbortController();
  try {
    const [message] = await Promise.race([
      once(child, 'message', heard),
      once(child, 'exit', heard).then(() => Promise.reject(new Error('The front server ended.'))),
    ]);
    return message as FrontSaid;
  } finally {
    heard.abort();
  }
}

/** The cookie that a browser holds for this person. */
export async function cookieOf(caller: Caller): Promise<string> {
  if (caller.kind !== 'session') throw new Error('This caller has no session.');
  const token = await encode({ token: { sid: caller.sessionId }, secret: getConfig().nextAuthSecret });
  return `theme=dark; next-auth.session-token=${token}`;
}

/** A connection on which nothing was sent yet. */
export async function dial({ port }: Pick<ServedFront, 'port'>): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** A connection on which a request's head was sent. */
export async function send(front: Pick<ServedFront, 'port'>, ...lines: string[]): Promise<Socket> {
  const socket = await dial(front);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return socket;
}

/** All that comes until the server ends the connection, or until it says this. */
export function read(socket: Socket, until?: string): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    const end = () => resolve(text);
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('latin1');
      if (until !== undefined && text.includes(until)) end();
    });
    socket.on('end', end);
    socket.on('close', end);
  });
}

/** Writes as much as is taken, and at most so many bytes, until the server has said something or ended. @returns how many went out */
export async function pour(socket: Socket, piece: Buffer, mostBytes: number): Promise<number> {
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    for (const event of ['data', 'end', 'close', 'error']) socket.once(event, () => resolve());
  }).then(() => {
    isOver = true;
  });
  for (let sent = 0; sent < mostBytes && !isOver; sent += piece.length) {
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain').catch(() => undefined), over]);
    else await new Promise(setImmediate);
  }
  return socket.bytesWritten;
}

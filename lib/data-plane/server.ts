import 'server-only';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import fastify from 'fastify';
import { type ByteBounds, BytesInFlight, defaultBounds } from './bytes-in-flight.ts';
import type { ServerState } from './call.ts';
import { Memory } from './memory.ts';
import { makeMetrics } from './metrics.ts';
import { ReadyAnswers } from './ready-answers.ts';
import { addRoutes, answerBatch, type Serving } from './routes.ts';

export type AnsweringOptions = {
  /** What one tenant may ask of this process. */
  requestsPerSecond: number;
  itemsPerSecond: number;
  /** How old what is remembered of tokens, apps and data keys may be. */
  remembersMs: number;
  metricsToken: string | undefined;
  /** Bytes of bodies under way, or the account of them that listeners of one process share. */
  bytesInFlight?: ByteBounds | BytesInFlight;
  /** How long a request may take in all, and a stream between two bytes. */
  requestWithinMs?: number;
};

export type DataPlaneOptions = AnsweringOptions & {
  host: string;
  /** 0: any that is free. */
  port: number;
  /** How long headers may take. */
  headersWithinMs?: number;
};

/** The interface without a listener of its own, for whoever has one. */
export type MountedDataPlane = {
  /** Method and path of each route, as the description has them. */
  routes: readonly string[];
  answer(req: IncomingMessage, res: ServerResponse): void;
  /** From now on health says that this process is about to end, and each answer is the last one of its connection. */
  beginDraining(): void;
  /** The connections on which a request is under way. */
  busy(): Set<Socket>;
  close(): Promise<void>;
};

export type DataPlane = {
  url: string;
  /** Method and path of each route, as the description has them. */
  routes: readonly string[];
  /**
   * Says in its health that it is about to end, and serves whatever comes for so long; then it takes no more, finishes what is
   * under way for so long at most, and ends. A signal that aborts cuts the first of the two short.
   */
  drain(withinMs: number, servesOn?: { forMs: number; until?: AbortSignal }): Promise<void>;
};

/** Serves the vendor's services until it is drained. The keyring and the database are its caller's to close afterwards. */
export async function startDataPlane(options: DataPlaneOptions): Promise<DataPlane> {
  const { host, headersWithinMs = 10_000 } = options;
  const mounted = await mountDataPlane(options);
  // A whole request's time is kept by `cutOff`: Node's own would end streams, too.
  const times = { headersTimeout: headersWithinMs, requestTimeout: 0, connectionsCheckingInterval: 1_000 };
  const server = createServer({ ...times, keepAliveTimeout: 75_000 }, mounted.answer);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listen(server, options);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    routes: mounted.routes,
    async drain(withinMs, servesOn) {
      mounted.beginDraining();
      if (servesOn) await pass(servesOn.forMs, undefined, { signal: servesOn.until }).catch(() => undefined);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const busy = mounted.busy();
      for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
      const timer = setTimeout(() => server.closeAllConnections(), withinMs);
      await closed;
      clearTimeout(timer);
      await mounted.close();
    },
  };
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Makes everything that answers, and nothing that listens. */
export async function mountDataPlane(options: AnsweringOptions): Promise<MountedDataPlane> {
  const { requestWithinMs = 30_000, bytesInFlight = defaultBounds } = options;
  const state: ServerState = {
    underWay: new Set(),
    leaving: new Set(),
    bytes: bytesInFlight instanceof BytesInFlight ? bytesInFlight : new BytesInFlight(bytesInFlight),
    ready: new ReadyAnswers(),
    isDraining: false,
    withinMs: requestWithinMs,
    ended: (call, status) => serving.metrics.ended(call, status),
  };
  const serving: Serving = {
    state,
    memory: new Memory({ ...options, boundMs: options.remembersMs }),
    metrics: makeMetrics({ requests: () => state.underWay.size, bytes: () => state.bytes.total() }),
    metricsToken: options.metricsToken,
  };
  const app = fastify({ logger: false, exposeHeadRoutes: false });
  // Bodies are read by whoever answers, once it is known who asks.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const routes = addRoutes(app, serving);
  await app.ready();
  const cutter = setInterval(() => cutOff(state), Math.min(1_000, requestWithinMs / 4)).unref();
  return {
    routes,
    answer: (req, res) => {
      if (state.isDraining) res.shouldKeepAlive = false;
      if (!answerBatch(req, res, serving)) app.routing(req, res);
    },
    beginDraining: () => {
      state.isDraining = true;
    },
    busy: () => new Set([...state.underWay, ...state.leaving].map(({ req }) => req.socket)),
    close: async () => {
      clearInterval(cutter);
      serving.memory.close();
      await app.close();
    },
  };
}

/** Ends what has taken too long: whoever sends or takes nothing must not keep a place for ever. */
function cutOff({ underWay, leaving, withinMs }: ServerState): void {
  const now = performance.now();
  for (const call of leaving) if (now >= call.deadline) call.res.destroy();
  for (const call of underWay) {
    if (call.req.destroyed && !call.req.complete) call.end(0);
    if (call.hasMoved()) call.deadline = now + withinMs;
    if (call.isAnswered || now < call.deadline) continue;
    if (call.res.headersSent) call.abort();
    else if (call.req.complete) call.refuse('unavailable', { retryAfterMs: 1_000 });
    else call.refuse('invalid-input', { status: 408, message: 'The request did not come in time.' });
  }
}

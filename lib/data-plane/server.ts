import 'server-only';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import fastify from 'fastify';
import { type ByteBounds, BytesInFlight, defaultBounds } from './bytes-in-flight.ts';
import type { ServerState } from './call.ts';
import { Memory } from './memory.ts';
import { makeMetrics } from './metrics.ts';
import { ReadyAnswers } from './ready-answers.ts';
import { addRoutes, answerBatch, type Serving } from './routes.ts';

export type DataPlaneOptions = {
  host: string;
  /** 0: any that is free. */
  port: number;
  /** What one tenant may ask of this process. */
  requestsPerSecond: number;
  itemsPerSecond: number;
  /** How old what is remembered of tokens, apps and data keys may be. */
  remembersMs: number;
  metricsToken: string | undefined;
  /** Bytes of bodies under way, or the account of them that listeners of one process share. */
  bytesInFlight?: ByteBounds | BytesInFlight;
  /** How long headers may take, a request in all, and a stream between two bytes. */
  headersWithinMs?: number;
  requestWithinMs?: number;
};

export type DataPlane = {
  url: string;
  /** Method and path of each route, as the description has them. */
  routes: readonly string[];
  /** Takes no more, finishes what is under way for so long at most, and ends. */
  drain(withinMs: number): Promise<void>;
};

/** Serves the vendor's services until it is drained. The keyring and the database are its caller's to close afterwards. */
export async function startDataPlane(options: DataPlaneOptions): Promise<DataPlane> {
  const { host, headersWithinMs = 10_000, requestWithinMs = 30_000, bytesInFlight = defaultBounds } = options;
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
  // A whole request's time is kept by `cutOff`: Node's own would end streams, too.
  const times = { headersTimeout: headersWithinMs, requestTimeout: 0, connectionsCheckingInterval: 1_000 };
  const app = fastify({
    logger: false,
    exposeHeadRoutes: false,
    keepAliveTimeout: 75_000,
    serverFactory: (handler) =>
      createServer(times, (req, res) => {
        if (!answerBatch(req, res, serving)) handler(req, res);
      }),
  });
  // Bodies are read by whoever answers, once it is known who asks.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const routes = addRoutes(app, serving);
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const cutter = setInterval(() => cutOff(state), Math.min(1_000, requestWithinMs / 4)).unref();
  await app.listen({ host, port: options.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    routes,
    async drain(withinMs) {
      state.isDraining = true;
      const closed = new Promise<void>((resolve) => app.server.close(() => resolve()));
      const busy = new Set([...state.underWay, ...state.leaving].map(({ req }) => req.socket));
      for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
      const timer = setTimeout(() => app.server.closeAllConnections(), withinMs);
      await closed;
      clearTimeout(timer);
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

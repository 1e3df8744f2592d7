import 'server-only';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { log } from '../config/log.ts';
import { Call, type ServerState } from './call.ts';
import { answerItems } from './items-route.ts';
import { answerLease } from './leases-route.ts';
import { Memory } from './memory.ts';
import { makeMetrics } from './metrics.ts';
import { describeInterface } from './openapi.ts';
import { answerMetrics, makeHealth } from './other-routes.ts';
import { answerStream } from './streams-route.ts';

export type DataPlaneOptions = {
  host: string;
  /** 0: any that is free. */
  port: number;
  requestsPerSecond: number;
  itemsPerSecond: number;
  /** How old what is remembered of tokens, apps and data keys may be. */
  remembersMs: number;
  metricsToken: string | undefined;
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
  const { headersWithinMs = 10_000, requestWithinMs = 30_000 } = options;
  const memory = new Memory({ ...options, boundMs: options.remembersMs });
  const underWay = new Set<Call>();
  const metrics = makeMetrics(() => underWay.size);
  const state: ServerState = { underWay, isDraining: false, withinMs: requestWithinMs, ended: metrics.ended };
  const server = (handler: (req: IncomingMessage, res: ServerResponse) => void): Server =>
    // A whole request's time is kept by `cutOff`: Node's own would end streams, too.
    createServer(
      { headersTimeout: headersWithinMs, requestTimeout: 0, connectionsCheckingInterval: 1_000 },
      (req, res) => {
        const batch = batchOf(req);
        if (batch === undefined) handler(req, res);
        else answerItems(new Call(batch.kind, req, res, state), { memory, metrics }, batch.kind, batch.appId);
      },
    );
  const app = fastify({ logger: false, serverFactory: server, exposeHeadRoutes: false, keepAliveTimeout: 75_000 });
  // Bodies are read by whoever answers, once it is known who asks.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));

  const routes: string[] = [];
  type Answer = (call: Call, request: FastifyRequest) => void | Promise<void>;
  const route = (method: 'GET' | 'POST', url: string, answer: Answer) => {
    routes.push(`${method} ${url.replace(':appId', '{appId}')}`);
    const name = url.slice(url.lastIndexOf('/') + 1);
    app.route({
      method,
      url,
      handler(request: FastifyRequest, reply: FastifyReply) {
        reply.hijack();
        return answer(new Call(name, request.raw, reply.raw, state), request);
      },
    });
  };
  const appIdOf = (request: FastifyRequest) => (request.params as { appId: string }).appId;
  for (const kind of ['encrypt', 'decrypt'] as const) {
    route('POST', `/api/v1/apps/:appId/${kind}`, (call, request) =>
      answerItems(call, { memory, metrics }, kind, appIdOf(request)),
    );
    route('POST', `/api/v1/apps/:appId/${kind}-stream`, (call, request) =>
      answerStream(call, memory, kind, appIdOf(request)),
    );
  }
  route('POST', '/api/v1/apps/:appId/leases', (call, request) => answerLease(call, memory, appIdOf(request)));
  const description = describeInterface();
  route('GET', '/openapi.json', (call) => call.answer(200, description));
  route('GET', '/metrics', (call) => answerMetrics(call, metrics, options.metricsToken));
  const health = makeHealth(() => state.isDraining);
  route('GET', '/health', (call) => health(call));
  app.setNotFoundHandler((request, reply) => {
    reply.hijack();
    new Call('none', request.raw, reply.raw, state).refuse('not-found');
  });
  app.setErrorHandler((error, request, reply) => {
    log().error({ err: error }, 'a request failed');
    reply.hijack();
    new Call('none', request.raw, reply.raw, state).refuse('internal');
  });

  const cutter = setInterval(() => cutOff(state), Math.min(1_000, requestWithinMs / 4)).unref();
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await app.listen({ host: options.host, port: options.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    routes,
    async drain(withinMs) {
      state.isDraining = true;
      const closed = new Promise<void>((resolve) => app.server.close(() => resolve()));
      const busy = new Set([...underWay].map(({ req }) => req.socket));
      for (const socket of sockets) if (!busy.has(socket)) socket.destroy();
      const timer = setTimeout(() => app.server.closeAllConnections(), withinMs);
      await closed;
      clearTimeout(timer);
      clearInterval(cutter);
      memory.close();
      await app.close();
    },
  };
}

/**
 * A batch by its address as everybody writes it, past the router: what a router and its objects cost is a tenth of a warm
 * request. Written in any other way it takes the router's route, to the same answer.
 */
function batchOf({ method, url = '' }: IncomingMessage): { kind: 'encrypt' | 'decrypt'; appId: string } | undefined {
  if (method !== 'POST' || url.length !== 57 || !url.startsWith('/api/v1/apps/')) return undefined;
  if (url.endsWith('/encrypt')) return { kind: 'encrypt', appId: url.slice(13, 49) };
  if (url.endsWith('/decrypt')) return { kind: 'decrypt', appId: url.slice(13, 49) };
  return undefined;
}

/** Ends what has taken too long: whoever sends or takes nothing must not keep a place for ever. */
function cutOff({ underWay, withinMs }: ServerState): void {
  const now = performance.now();
  for (const call of underWay) {
    if (call.req.destroyed && !call.req.complete) call.end(0);
    if (call.hasMoved()) call.deadline = now + withinMs;
    if (call.isAnswered || now < call.deadline) continue;
    if (call.res.headersSent) call.abort();
    else if (call.req.complete) call.refuse('unavailable', { retryAfterMs: 1_000 });
    else call.refuse('invalid-input', { status: 408, message: 'The request did not come in time.' });
  }
}

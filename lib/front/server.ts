import 'server-only';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { BytesInFlight, defaultBounds } from '../data-plane/bytes-in-flight.ts';
import { Call, type ServerState } from '../data-plane/call.ts';
import { ReadyAnswers } from '../data-plane/ready-answers.ts';
import { type AnsweringOptions, mountDataPlane } from '../data-plane/server.ts';
import { Connections } from './connections.ts';
import { type Doors, makeDoors, type Passed } from './doors.ts';
import { makeHealth } from './health.ts';
import { type FrontLimits, usualLimits } from './limits.ts';
import { makePages, type PublicAddress } from './pages.ts';

export type FrontOptions = PublicAddress & {
  host: string;
  /** 0: any that is free. */
  port: number;
  /** Where the process of the pages listens. */
  pagesSocket: string;
  /** What a tenant's services may ask here. */
  services: Pick<AnsweringOptions, 'requestsPerSecond' | 'itemsPerSecond'>;
  limits?: Partial<FrontLimits>;
};

export type Front = {
  port: number;
  /**
   * Says in its health that it is about to end, and serves whatever comes for so long; then it takes no more, finishes what is
   * under way for so long at most, and ends. A signal that aborts cuts the first of the two short.
   */
  drain(withinMs: number, servesOn?: { forMs: number; until?: AbortSignal }): Promise<void>;
};

/**
 * The one listener of the web process: answers for its health and the vendor's services itself, and hands everything else on to the
 * pages once it is known to be of bearable size and from somebody who may send it. Database and keyring are its caller's to close.
 */
export async function startFront(options: FrontOptions): Promise<Front> {
  const limits = { ...usualLimits, ...options.limits };
  // One account of bytes under way for all that this process takes in.
  const bytes = new BytesInFlight(defaultBounds);
  const state: ServerState = {
    underWay: new Set(),
    leaving: new Set(),
    bytes,
    ready: new ReadyAnswers(),
    isDraining: false,
    withinMs: Number.POSITIVE_INFINITY,
    ended: () => undefined,
  };
  // The services' tokens are asked for each time: nothing is remembered here, as a data plane of its own does.
  const services = { ...options.services, remembersMs: 0, metricsToken: undefined, bytesInFlight: bytes };
  const dataPlane = await mountDataPlane({ ...services, requestWithinMs: limits.serviceWithinMs });
  const pages = makePages(options, limits, state);
  const doors = makeDoors(limits, state);
  const health = makeHealth(state);
  const connections = new Connections(limits);
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersWithinMs,
      // A whole request's time is kept where its body is read: Node's own would end streams, too.
      requestTimeout: 0,
      connectionsCheckingInterval: Math.min(1_000, limits.headersWithinMs),
      keepAliveTimeout: limits.idleMs,
    },
    (req, res) => {
      if (!connections.begin(req.socket, res)) return;
      if (state.isDraining) res.shouldKeepAlive = false;
      const path = pathIn(req);
      if (path === undefined) {
        connections.endAfter(req.socket, res);
        new Call('none', req, res, state).refuse('invalid-input', badRequest);
      } else if (path === '/api/health' || path === '/api/health/live') health(path, req, res);
      else if (path.startsWith('/api/v1/')) dataPlane.answer(req, res);
      else letIn(doors, path, req, res, (passed) => pages.answer(req, res, passed, doors.knows(req)));
    },
  );
  server.on('connection', (socket) => connections.add(socket));
  await listen(server, options);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    async drain(withinMs, servesOn) {
      state.isDraining = true;
      dataPlane.beginDraining();
      if (servesOn) await pass(servesOn.forMs, undefined, { signal: servesOn.until }).catch(() => undefined);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      connections.closeIdle();
      const timer = setTimeout(() => server.closeAllConnections(), withinMs);
      await closed;
      clearTimeout(timer);
      pages.close();
      await dataPlane.close();
    },
  };
}

function letIn(
  doors: Doors,
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
  then: (passed: Passed) => void,
): void {
  doors.pass(path, req, res).then(
    (passed) => {
      if (!passed) return;
      // What was read is held until it has been answered.
      if (res.destroyed) passed.release();
      else res.once('close', passed.release);
      then(passed);
    },
    (error: unknown) => doors.fail(req, res, error),
  );
}

/**
 * The path as it was sent. A client may put its idea of our address before it (RFC 9112, section 3.2.2), which decides nothing.
 * @returns undefined for whatever is no address of anything here, or names two hosts
 */
function pathIn(req: IncomingMessage): string | undefined {
  const { url = '' } = req;
  const hosts = req.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  if (hosts.length > 1) return undefined;
  if (!url.startsWith('/')) {
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
    const { pathname, search } = new URL(url);
    req.url = pathname + search;
  }
  return (req.url ?? '').split('?', 1)[0];
}

const badRequest = {
  message: 'This is not a request that Keyward understands.',
  next: 'Send a path of this server, with one Host header.',
};

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Call, type ServerState } from './call.ts';
import { answerItems, type ItemsKind } from './items-route.ts';
import { answerLease } from './leases-route.ts';
import type { Memory } from './memory.ts';
import type { Metrics } from './metrics.ts';
import { describeInterface } from './openapi.ts';
import { answerMetrics, isAlive, makeHealth } from './other-routes.ts';
import { answerStream } from './streams-route.ts';

/** What answering needs, and all requests share. */
export type Serving = { state: ServerState; memory: Memory; metrics: Metrics; metricsToken: string | undefined };

type Answer = (call: Call, appId: string) => void | Promise<void>;

/** Adds every route. @returns method and path of each, as the description has them */
export function addRoutes(app: FastifyInstance, serving: Serving): string[] {
  const { state, memory, metrics, metricsToken } = serving;
  const description = describeInterface();
  const health = makeHealth(() => state.isDraining);
  const ofApp = '/api/v1/apps/:appId';
  const table: [method: 'GET' | 'POST', url: string, Answer][] = [
    ['POST', `${ofApp}/encrypt`, (call, appId) => answerItems(call, serving, 'encrypt', appId)],
    ['POST', `${ofApp}/decrypt`, (call, appId) => answerItems(call, serving, 'decrypt', appId)],
    ['POST', `${ofApp}/encrypt-stream`, (call, appId) => answerStream(call, memory, 'encrypt', appId)],
    ['POST', `${ofApp}/decrypt-stream`, (call, appId) => answerStream(call, memory, 'decrypt', appId)],
    ['POST', `${ofApp}/leases`, (call, appId) => answerLease(call, memory, appId)],
    ['GET', '/openapi.json', (call) => call.answer(200, description)],
    ['GET', '/metrics', (call) => answerMetrics(call, metrics, metricsToken)],
    ['GET', '/health', (call) => health(call)],
    ['GET', '/health/live', isAlive],
  ];
  for (const [method, url, answer] of table) {
    const handler = take(url.slice(url.lastIndexOf('/') + 1), state, answer);
    app.route({ method, url, handler });
  }
  app.setNotFoundHandler(take('none', state, (call) => call.refuse('not-found')));
  app.setErrorHandler((error, request, reply) => {
    take('none', state, (call) => call.fail(error))(request, reply);
  });
  return table.map(([method, url]) => `${method} ${url.replace(':appId', '{appId}')}`);
}

/**
 * Answers a batch that is addressed as everybody writes it, past the router: what a router and its objects cost is a tenth of a
 * warm request. Written in any other way it takes the router's route, to the same answer.
 * @returns false where it is something else
 */
export function answerBatch(req: IncomingMessage, res: ServerResponse, serving: Serving): boolean {
  const { method, url = '' } = req;
  if (method !== 'POST' || url.length !== batchLength || !url.startsWith(batchStart)) return false;
  const kind: ItemsKind | undefined = url.endsWith('/encrypt')
    ? 'encrypt'
    : url.endsWith('/decrypt')
      ? 'decrypt'
      : undefined;
  if (kind === undefined) return false;
  const call = new Call(kind, req, res, serving.state);
  try {
    answerItems(call, serving, kind, url.slice(batchStart.length, -'/encrypt'.length));
  } catch (error) {
    call.fail(error);
  }
  return true;
}

const batchStart = '/api/v1/apps/';
const batchLength = batchStart.length + 36 + '/encrypt'.length;

/** From here on a request is ours: fastify neither reads its body nor writes its answer. */
function take(route: string, state: ServerState, answer: Answer) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.hijack();
    const call = new Call(route, request.raw, reply.raw, state);
    try {
      await answer(call, (request.params as { appId?: string }).appId ?? '');
    } catch (error) {
      call.fail(error);
    }
  };
}

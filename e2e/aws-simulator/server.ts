import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerAdmin } from './admin-api.ts';
import { answerAws } from './aws-endpoint.ts';
import { AwsError } from './errors.ts';
import { answerPage } from './page/answer-page.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';
import type { WireRequest } from './wire.ts';
import type { World } from './world/world.ts';

export interface RunningSimulator {
  /** For instance `http://127.0.0.1:49152`, without a slash at the end. */
  url: string;
  world: World;
  /** Ends the server and every connection, those kept silent included. */
  close(): Promise<void>;
}

export interface StartOptions extends SimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** A loopback address; 127.0.0.1 unless given. */
  host?: string;
}

const MAX_BODY_BYTES = 1024 * 1024;

/** Starts the AWS simulator: KMS, STS, the administrators' interface and the customer's page on one port. */
export async function startSimulator(options: StartOptions = {}): Promise<RunningSimulator> {
  const { port = 0, host = '127.0.0.1', ...rest } = options;
  const simulator = createSimulator(rest);
  const server = createServer((request, response) => {
    answer(simulator, request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    world: simulator.world,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(simulator: Simulator, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  // The SDK corrects its clock by this header, so it has to be the simulated time.
  response.setHeader('date', new Date(simulator.world.clock()).toUTCString());
  if (!body) return send(response, 413, 'text/plain', 'The request is too large.');
  const remoteAddress = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const wire: WireRequest = {
    method: request.method ?? '',
    url: request.url ?? '/',
    headers: request.headers,
    body,
    remoteAddress,
  };
  if (wire.headers['x-amz-target'] !== undefined || wire.headers.authorization !== undefined || isAwsForm(wire)) {
    return await sendAws(simulator, wire, response);
  }
  const problem = forbidden(wire);
  if (problem) return send(response, 403, 'text/plain', problem);
  const url = new URL(wire.url, `http://${wire.headers.host}`);
  if (url.pathname.startsWith('/_sim/')) return await sendAdmin(simulator, wire, url, response);
  const page = await answerPage(simulator, wire.method, url);
  for (const [name, value] of Object.entries(page.headers)) response.setHeader(name, value);
  send(response, page.status, page.contentType, page.body);
}

async function sendAws(simulator: Simulator, wire: WireRequest, response: ServerResponse): Promise<void> {
  const result = await answerAws(simulator, wire);
  if (result === 'silence') return;
  if (result === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(result.status, result.headers).end(result.body);
}

async function sendAdmin(simulator: Simulator, wire: WireRequest, url: URL, response: ServerResponse): Promise<void> {
  let status = 200;
  let body: unknown;
  try {
    body = await answerAdmin(simulator, wire.method, url, parseJson(wire));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    status = error.status;
    body = { error: { code: error.code, message: error.message } };
  }
  response.setHeader('cache-control', 'no-store');
  send(response, status, 'application/json', JSON.stringify(body));
}

/**
 * Why a request that nobody signed is refused, or undefined. Only this machine may ask; the Host must be a loopback name, so
 * that no foreign name can be pointed here; and where a browser says from which page it comes, it must be ours.
 */
function forbidden({ remoteAddress, headers }: WireRequest): string | undefined {
  if (!/^(127\.|::1$)/.test(remoteAddress)) return 'Only this machine may ask.';
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? ''))
    return 'The Host header is not one of this machine.';
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`)
    return 'The request comes from another web page.';
  return undefined;
}

function isAwsForm({ method, headers }: WireRequest): boolean {
  return method === 'POST' && (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function parseJson({ body, headers }: WireRequest): unknown {
  if (body.length === 0) return undefined;
  if (!(headers['content-type'] ?? '').startsWith('application/json')) {
    throw new AwsError('ValidationError', 'The body must be application/json.', 415);
  }
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('ValidationError', 'The body is not valid JSON.');
  }
}

/** Undefined for a body that is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return length <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': `${contentType}; charset=utf-8` }).end(body);
}

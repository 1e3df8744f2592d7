import 'server-only';
import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { setTimeout as pass } from 'node:timers/promises';
import { log } from '../config/log.ts';
import { Call, type ServerState } from '../data-plane/call.ts';
import type { Passed } from './doors.ts';
import { headersBack, headersOn, type PublicAddress } from './headers.ts';
import type { FrontLimits } from './limits.ts';

export type { PublicAddress } from './headers.ts';

export type Pages = {
  /**
   * Has the pages answer this request; each piece of the answer goes on as it comes.
   * @param knowsCaller false: what the pages show instead of the page is no success
   */
  answer(
    req: IncomingMessage,
    res: ServerResponse,
    passed: Pick<Passed, 'body' | 'contentType'>,
    knowsCaller: Promise<boolean>,
  ): void;
  close(): void;
};

/** The process of the pages, which nobody but this one reaches. */
export function makePages(
  { pagesSocket, ...address }: PublicAddress & { pagesSocket: string },
  { toPages }: Pick<FrontLimits, 'toPages'>,
  state: ServerState,
): Pages {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  let underWay = 0;

  function answer(
    req: IncomingMessage,
    res: ServerResponse,
    { body, contentType }: Pick<Passed, 'body' | 'contentType'>,
    knowsCaller: Promise<boolean>,
  ): void {
    if (res.destroyed) return;
    if (underWay >= toPages) {
      new Call('pages', req, res, state).refuse('unavailable', { retryAfterMs: 1_000, ...busy });
      return;
    }
    const requestId = randomUUID();
    const asked = request({
      agent,
      socketPath: pagesSocket,
      method: req.method,
      path: req.url,
      headers: headersOn(req, address, { requestId, bytes: body?.length, contentType }),
    });
    underWay++;
    asked.once('close', () => underWay--);
    // Whoever goes away is not answered for any longer.
    res.once('close', () => asked.destroy());
    asked.once('response', async (answered) => {
      const back = headersBack(answered, requestId);
      // The pages heard of the database at the same moment as this process, or a little earlier.
      const isKnown = await Promise.race([knowsCaller, pass(hearsWithinMs, true, { ref: false })]);
      if (res.destroyed) return;
      if (isKnown || answered.statusCode !== 200)
        res.writeHead(answered.statusCode ?? 502, answered.statusMessage, back);
      else res.writeHead(503, [...back, 'retry-after', '1']);
      res.flushHeaders();
      pipeline(answered, res, () => undefined);
    });
    asked.once('error', (error) => {
      if (res.destroyed) return;
      log().error({ err: error, requestId }, 'the pages did not answer');
      if (res.headersSent) res.destroy();
      else new Call('pages', req, res, state).refuse('unavailable', { retryAfterMs: 1_000, ...silent });
    });
    asked.end(body);
  }

  return {
    answer: (req, res, passed, knowsCaller) => {
      try {
        answer(req, res, passed, knowsCaller);
      } catch (error) {
        // Node refuses to write what it would not have read.
        new Call('pages', req, res, state).fail(error);
      }
    },
    close: () => agent.destroy(),
  };
}

const hearsWithinMs = 500;

const busy = { message: 'Keyward is answering as many as it can.', next: 'Try again in a moment.' };
const silent = { message: 'Keyward’s pages do not answer.', next: 'Try again in a minute.' };

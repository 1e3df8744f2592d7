import 'server-only';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ErrorCode, errorWords, type OperationError, type Result } from '../byok/errors.ts';
import { toldError } from '../byok/told-error.ts';
import { log } from '../config/log.ts';
import type { BytesInFlight } from './bytes-in-flight.ts';
import { smallBytes } from './bytes-in-flight.ts';
import { drained } from './drained.ts';
import { lingerAfterAnswer } from './linger.ts';
import type { ReadyAnswers } from './ready-answers.ts';
import { tooFast } from './too-fast.ts';

/** What all requests of a server share. */
export type ServerState = {
  readonly underWay: Set<Call>;
  /** Answered, while the caller has not yet taken all of a larger answer. */
  readonly leaving: Set<Call>;
  readonly bytes: BytesInFlight;
  readonly ready: ReadyAnswers;
  isDraining: boolean;
  /** How long a request may take in all; a stream, between two bytes. */
  readonly withinMs: number;
  /** Told what each request ended with: an HTTP status, or 0 where the caller had gone. */
  ended(call: Call, status: number): void;
};

/** One request from its headers to its answer. It is answered once; whatever comes after that is dropped. */
export class Call {
  readonly requestId = randomUUID();
  readonly startedAt = performance.now();
  readonly route: string;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** When whoever takes too long is cut off, by `performance.now()`. */
  deadline: number;
  isAnswered = false;
  /** Whether it is known who calls: only then is more read of what is refused. */
  isAdmitted = false;
  /** Bytes that are held in the account of bytes in flight, and for whom. */
  #held = 0;
  #holder = '';
  /** What the server is doing: once it drains, each answer is the last one of its connection. */
  readonly #server: ServerState;

  constructor(route: string, req: IncomingMessage, res: ServerResponse, server: ServerState) {
    this.route = route;
    this.req = req;
    this.res = res;
    this.deadline = this.startedAt + server.withinMs;
    this.#server = server;
    server.underWay.add(this);
  }

  /** For a stream: it may take as long as it likes, while bytes come and go. */
  isStream = false;
  #moved = 0;

  /** Whether a stream's bytes have come or gone since this was asked last. */
  hasMoved(): boolean {
    if (!this.isStream) return false;
    const { bytesRead, bytesWritten } = this.req.socket;
    const before = this.#moved;
    this.#moved = bytesRead + bytesWritten;
    return this.#moved !== before;
  }

  /** Takes bytes from the account, until the answer has left. @returns undefined where they were taken, or whose bound is met */
  hold(tenantId: string, bytes: number): 'tenant' | 'process' | undefined {
    // Whoever has gone would never give them back.
    if (this.isAnswered) return undefined;
    const full = this.#server.bytes.take(tenantId, bytes);
    if (full !== undefined) return full;
    this.#held += bytes;
    this.#holder = tenantId;
    return undefined;
  }

  /** @param body JSON of ASCII characters alone: its length is what goes over the wire */
  answerAscii(body: string): void {
    this.#server.ready.add(this, body);
  }

  /** For `ReadyAnswers`. */
  writeAscii(body: string): void {
    if (this.isAnswered) return;
    this.res.writeHead(200, this.#headers(body.length));
    this.res.end(body, 'latin1');
    this.end(200);
  }

  answer(status: number, body: object, more: string[] = []): void {
    if (this.isAnswered) return;
    const bytes = Buffer.from(JSON.stringify(body));
    this.res.writeHead(status, [...this.#headers(bytes.length), ...more]);
    this.res.end(bytes);
    this.end(status);
  }

  /** An answer in pieces, each of which is let go of when the caller has taken it. @throws BrokenOff */
  async answerPieces(pieces: Buffer[]): Promise<void> {
    if (this.isAnswered) return;
    const { res } = this;
    res.writeHead(200, this.#headers(pieces.reduce((sum, { length }) => sum + length, 0)));
    for (let piece = pieces.shift(); piece; piece = pieces.shift()) {
      this.extend();
      if (!res.write(piece)) await drained(res);
    }
    res.end();
    this.end(200);
  }

  /** It goes on: from now on it may take as long again. */
  extend(): void {
    this.deadline = performance.now() + this.#server.withinMs;
  }

  answerBytes(bytes: Buffer, contentType: string): void {
    if (this.isAnswered) return;
    this.res.writeHead(200, this.#headers(bytes.length, contentType));
    this.res.end(bytes);
    this.end(200);
  }

  answerResult<T extends object>(result: Result<T>): void {
    if (result.ok) this.answer(200, result.data);
    else {
      const seconds = result.error.details?.retryAfterSeconds;
      this.refuse(result.error.code, {
        ...result.error,
        ...(typeof seconds === 'number' ? tooFast(seconds * 1_000, 'This tenant does this too often.') : {}),
      });
    }
  }

  /** The error with its words and this request's ID, as every interface of ours gives it. */
  refuse(
    code: ErrorCode,
    more: Pick<OperationError, 'fields'> & {
      retryAfterMs?: number;
      status?: number;
      message?: string;
      next?: string;
    } = {},
  ): void {
    const words = toldError(code);
    const { fields, retryAfterMs, status = errorWords[code].status, message = words.title, next = words.next } = more;
    const headers: string[] = [];
    if (status === 401) headers.push('www-authenticate', 'Bearer');
    if (retryAfterMs !== undefined) headers.push('retry-after', String(Math.max(1, Math.ceil(retryAfterMs / 1_000))));
    // What is left of a body is not waited for: the connection ends with this answer.
    if (!this.req.complete) {
      headers.push('connection', 'close');
      if (!this.isAnswered) lingerAfterAnswer(this.req, this.isAdmitted);
    }
    const error = { code, message, next, requestId: this.requestId, ...(fields ? { fields } : {}) };
    this.answer(status, { error }, headers);
  }

  /** Nobody is there to be answered, or what was begun is not to look whole. */
  abort(): void {
    this.res.destroy();
    this.end(0);
  }

  /** Something that nobody has foreseen. */
  fail(error: unknown): void {
    log().error({ err: error, requestId: this.requestId, route: this.route }, 'a request failed');
    if (this.res.headersSent) this.abort();
    else this.refuse('internal');
  }

  end(status: number): void {
    if (this.isAnswered) return;
    this.isAnswered = true;
    this.#server.underWay.delete(this);
    this.#server.ended(this, status);
    if (this.#held > 0) this.#giveBack();
  }

  #giveBack(): void {
    const { res } = this;
    const give = () => {
      this.#server.leaving.delete(this);
      this.#server.bytes.give(this.#holder, this.#held);
      this.#held = 0;
    };
    // What is small is in the connection's hands; of what is not, memory is held until the caller has taken it.
    if (this.#held <= smallBytes || res.writableFinished || res.destroyed) {
      give();
      return;
    }
    this.extend();
    this.#server.leaving.add(this);
    res.once('close', give);
  }

  #headers(length: number, contentType = 'application/json'): string[] {
    const headers = [
      'content-type',
      contentType,
      'content-length',
      String(length),
      'cache-control',
      'no-store',
      'x-request-id',
      this.requestId,
    ];
    if (this.#server.isDraining) headers.push('connection', 'close');
    return headers;
  }
}

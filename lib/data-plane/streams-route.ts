import 'server-only';
import type { Duplex } from 'node:stream';
import { callerOf } from '../auth/bearer.ts';
import type { ErrorCode } from '../byok/errors.ts';
import { DuplicateName, parseStrictJson } from '../byok/strict-json.ts';
import { log } from '../config/log.ts';
import { EnvelopeError } from '../envelope/errors.ts';
import { refusalOf } from '../key-lifecycle/open-records.ts';
import { decryptStream } from '../operations/data/decrypt-stream.ts';
import { encryptStream } from '../operations/data/encrypt-stream.ts';
import { admit } from './admit.ts';
import type { Call } from './call.ts';
import { BrokenOff, drained } from './drained.ts';
import type { Memory } from './memory.ts';
import { tooFast } from './too-fast.ts';

export type StreamKind = 'encrypt' | 'decrypt';

/** Streams of one tenant that one process carries at once. */
export const maxStreams = 64;

/**
 * Seals or opens a body of any length while it comes in, as fast as the caller takes what goes out. What fails before the
 * first byte has left is refused like anything else; later the connection is destroyed, so that nothing broken looks whole.
 */
export function answerStream(call: Call, memory: Memory, kind: StreamKind, appId: string): void {
  admit(call, memory, (service) => {
    const limits = memory.limits(service.tenantId);
    const waitMs = limits.streams < maxStreams ? limits.takeItems(1, performance.now()) : 1_000;
    if (waitMs > 0) call.refuse('too-many-requests', tooFast(waitMs));
    else {
      limits.streams++;
      call.isStream = true;
      void carry(call, kind, appId)
        .catch((error: unknown) => fail(call, error))
        .finally(() => limits.streams--);
    }
  });
}

async function carry(call: Call, kind: StreamKind, appId: string): Promise<void> {
  const { req, res } = call;
  const context = contextIn(req.headers['keyward-context']);
  if (context instanceof DuplicateName) return call.refuse('invalid-input', { fields: { context: context.message } });
  const operation = kind === 'encrypt' ? encryptStream : decryptStream;
  const result = await operation(
    callerOf(req.headers.authorization ?? ''),
    // What it is, is for the operation to judge.
    { appId, context: context as Record<string, string> },
    call.requestId,
  );
  if (!result.ok) return call.refuse(result.error.code, result.error);
  const stream = result.data.stream();
  await pass(call, stream);
  res.end();
  call.end(200);
}

/** The input through the stream to the answer, whose headers leave with its first bytes. */
async function pass(call: Call, stream: Duplex): Promise<void> {
  const { req, res } = call;
  const broken = (): void => void stream.destroy(new BrokenOff());
  req.once('error', broken);
  res.once('close', broken);
  req.once('aborted', broken);
  req.pipe(stream);
  try {
    for await (const piece of stream) {
      if (!res.headersSent) beginAnswer(call);
      if (!res.write(piece)) await drained(res);
    }
  } finally {
    req.unpipe(stream);
    res.off('close', broken);
    req.off('error', broken);
    req.on('error', () => undefined);
  }
  if (!res.headersSent) beginAnswer(call);
}

function beginAnswer({ res, requestId }: Call): void {
  res.writeHead(200, {
    'content-type': 'application/octet-stream',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  });
}

/** Before the first byte the reason can still be told; from then on only that it is broken. */
function fail(call: Call, error: unknown): void {
  const code = error instanceof BrokenOff ? undefined : codeOf(call, error);
  if (code === undefined || call.res.headersSent || call.res.destroyed) call.abort();
  else call.refuse(code);
}

function codeOf({ requestId, route }: Call, error: unknown): ErrorCode {
  try {
    const { code } = refusalOf(error instanceof Error ? error : new Error('A stream failed.', { cause: error }));
    if (error instanceof EnvelopeError)
      log().info({ requestId, route, detail: error.detail }, 'a stream did not come to its end');
    return code;
  } catch {
    log().error({ err: error, requestId, route }, 'a stream failed');
    return 'internal';
  }
}

/** The context in its header: base64url of JSON. Whatever is none is left for the operation to refuse. */
function contextIn(header: string | string[] | undefined): unknown {
  if (header === undefined) return {};
  try {
    return parseStrictJson(Buffer.from(String(header), 'base64url').toString('utf8'));
  } catch (error) {
    return error instanceof DuplicateName ? error : undefined;
  }
}

import type { EncryptionContext } from './context.ts';
import type { DataKeySource, Scope } from './data-key-source.ts';
import { openSteps, type StreamSteps, sealSteps } from './stream-steps.ts';

/** As `pipeThrough` takes it. Bytes in, bytes out. */
export type BytesThrough = { writable: WritableStream<Uint8Array>; readable: ReadableStream<Uint8Array> };

/**
 * `sealStream` (stream.ts) as a pair of web streams. A failure fails the readable, and the
 * writable while it is open. @throws EnvelopeError `bad-context`
 */
export function sealWebStream(source: DataKeySource, scope: Scope, context: EncryptionContext): BytesThrough {
  return through(sealSteps(source, scope, context));
}

/**
 * `openStream` (stream.ts) as a pair of web streams. A failure fails the readable, and the
 * writable while it is open. @throws EnvelopeError `bad-context`
 */
export function openWebStream(source: DataKeySource, scope: Scope, context: EncryptionContext): BytesThrough {
  return through(openSteps(source, scope, context));
}

/** Nothing is done before the reader wants it: the writable takes one piece, and waits. */
function through(steps: StreamSteps): BytesThrough {
  const { writable, readable } = new TransformStream<Uint8Array, Uint8Array>();
  const input = readable.getReader();
  const output = run(steps, input);
  /** Whoever still writes learns why, and that nobody takes it any more. */
  const stop = (reason: unknown) => {
    steps.close();
    return input.cancel(reason).catch(() => undefined);
  };
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      try {
        const { done, value } = await output.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        await stop(error);
        throw error;
      }
    },
    cancel: stop,
  };
  return { writable, readable: new ReadableStream(source, { highWaterMark: 0 }) };
}

async function* run(
  steps: StreamSteps,
  input: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  yield* filled(await steps.start());
  for (;;) {
    const { done, value } = await input.read();
    if (done) break;
    if (!(value instanceof Uint8Array)) throw new TypeError('A stream takes bytes, as Uint8Array.');
    steps.add(value);
    for (let out = await steps.next(); out !== undefined; out = await steps.next()) yield* filled(out);
  }
  yield* filled(await steps.end());
  steps.close();
}

function filled(out: readonly Buffer[]): Buffer[] {
  return out.filter(({ length }) => length > 0);
}

import 'server-only';
import { type Logger, log } from './log.ts';

/** So many request IDs are named in a line; of the others the count alone is told. */
const requestsNamed = 10;
const windowMs = 1_000;

type Window = { count: number; requestIds: string[]; write: () => void };
const windows = new Map<string, Window>();

export type Occurrence = {
  requestId: string;
  /** What the line says besides, of the first one. */
  fields?: Record<string, unknown>;
};

/**
 * An error that may strike each request at once: one line per kind and second, with how often it struck, written when the
 * second is over (or the process ends). The first of a kind begins its second.
 */
export function logOften(
  kind: string,
  { requestId, fields = {} }: Occurrence,
  message: string,
  to: Pick<Logger, 'error'> = log(),
): void {
  const open = windows.get(kind);
  if (open) {
    open.count += 1;
    if (open.requestIds.length < requestsNamed) open.requestIds.push(requestId);
    return;
  }
  const begun: Window = {
    count: 1,
    requestIds: [requestId],
    write: () => {
      windows.delete(kind);
      const { count, requestIds } = begun;
      to.error({ kind, count, requestIds, ...fields }, message);
    },
  };
  windows.set(kind, begun);
  if (windows.size === 1) process.once('exit', writeOpenWindows);
  setTimeout(() => {
    if (windows.get(kind) === begun) begun.write();
    if (windows.size === 0) process.removeListener('exit', writeOpenWindows);
  }, windowMs).unref();
}

/** What has been counted and not yet written. */
export function writeOpenWindows(): void {
  for (const { write } of [...windows.values()]) write();
}

/** An error of a dependency in a few words: where it came from does not matter, and its stack is the same each time. */
export function briefly(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = Reflect.get(error, 'code');
  const [last = ''] = error.message.trim().split('\n').slice(-1);
  return { type: error.name, ...(typeof code === 'string' ? { code } : {}), message: last.slice(0, 200) };
}

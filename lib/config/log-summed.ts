import 'server-only';
import { type Logger, log } from './log.ts';

type Kind = { count: number; fields: object };
const holder = globalThis as typeof globalThis & { keywardSummed?: Map<string, Kind> };

/**
 * A line for what may come a thousand times in a second: the first of its kind at once, those of the second after it as one
 * line with their `count` and the fields of the last.
 * @param kind one of few
 */
export function logSummed(
  level: 'info' | 'warn' | 'error',
  { kind, message, ...fields }: { kind: string; message: string; [field: string]: unknown },
  to: Logger = log(),
): void {
  holder.keywardSummed ??= new Map();
  const summed = holder.keywardSummed;
  const known = summed.get(kind);
  if (known) {
    known.count++;
    known.fields = fields;
    return;
  }
  to[level](fields, message);
  const counting: Kind = { count: 0, fields };
  summed.set(kind, counting);
  const timer = setInterval(() => {
    if (counting.count === 0) {
      clearInterval(timer);
      summed.delete(kind);
      return;
    }
    to[level]({ ...counting.fields, count: counting.count }, message);
    counting.count = 0;
  }, secondMs).unref();
}

const secondMs = 1_000;

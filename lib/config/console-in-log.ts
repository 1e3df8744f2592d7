import 'server-only';
import { format } from 'node:util';
import type { Logger } from './log.ts';
import { logSummed } from './log-summed.ts';

/**
 * What Next.js writes to the console by itself goes into the process's log: a header that it does not understand is a stack trace
 * each time, and anybody can send one a thousand times in a second.
 * @param to by default the process's log
 */
export function putConsoleInLog(to?: Logger): void {
  console.warn = (...said) => write('warn', said, to);
  console.error = (...said) => write('error', said, to);
}

function write(level: 'warn' | 'error', said: readonly unknown[], to?: Logger): void {
  const error = said.find((one) => one instanceof Error);
  const text = format(...said.map((one) => (one instanceof Error ? one.message : one))).slice(0, mostCharacters);
  logSummed(level, { kind: `console: ${beginningOf(text)}`, message: text, ...(error && { err: error }) }, to);
}

const mostCharacters = 500;

/** What is Next's own in it, as far as can be told: what a request said stands in quotes, or further on. */
function beginningOf(text: string): string {
  return (text.match(/^\P{L}*((?:\p{L}+\W?){1,4})/u)?.[1] ?? '').slice(0, 60);
}

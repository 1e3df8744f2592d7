import type { RowOutcome } from '#lib/byok/checklist.ts';
import type { OperationError } from '#lib/byok/errors.ts';

/** A check or an action that was tried: what a test and the verification of a step are made of. */
type Result = { id: string; outcome: RowOutcome };

/** `attempt` is set while the provider is asked again, counted from 2. */
export type StreamedRow<R extends Result = Result> = { result: R; attempt: number | null };

/** A stream of rows as the screen follows it: rows in the order in which they came, and how the whole stands. */
export type StreamedRun<About, R extends Result, Done> = {
  phase: 'idle' | 'running' | 'ended' | 'broken';
  /** What it was begun for; null before the first. */
  about: About | null;
  rows: StreamedRow<R>[];
  /** How it ended, once it has. */
  done: Done | null;
  error: OperationError | null;
};

/** What the server sends. */
export type StreamEvent<R extends Result, Done extends { type: 'done' }> =
  | { type: 'check'; result: R }
  | { type: 'waiting'; id: string; attempt: number }
  | { type: 'error'; error: OperationError }
  | Done;

export type RunEvent<About, R extends Result, Done extends { type: 'done' }> =
  | StreamEvent<R, Done>
  | { type: 'begin'; about: About }
  | { type: 'lost' };

export const noRun = { phase: 'idle', about: null, rows: [], done: null, error: null } satisfies StreamedRun<
  null,
  never,
  null
>;

/** The screen's state after one more event of the stream. Events of a run that has ended change nothing. */
export function followRun<About, R extends Result, Done extends { type: 'done' }>(
  run: StreamedRun<About, R, Done>,
  event: RunEvent<About, R, Done>,
): StreamedRun<About, R, Done> {
  if (event.type === 'begin') return { ...noRun, phase: 'running', about: event.about };
  if (run.phase !== 'running') return run;
  switch (event.type) {
    case 'check':
      return { ...run, rows: withRow(run.rows, { result: event.result, attempt: null }) };
    case 'waiting':
      return { ...run, rows: run.rows.map((row) => (row.result.id === event.id ? waiting(row, event.attempt) : row)) };
    case 'done':
      return { ...run, phase: 'ended', done: event };
    case 'error':
      return { ...run, phase: 'broken', error: event.error };
    case 'lost':
      return { ...run, phase: 'broken' };
  }
}

/** Rows that are stored, as those of a run. */
export function storedRows<R extends Result>(results: readonly R[] = []): StreamedRow<R>[] {
  return results.map((result) => ({ result, attempt: null }));
}

function withRow<R extends Result>(rows: StreamedRow<R>[], row: StreamedRow<R>): StreamedRow<R>[] {
  const known = rows.some(({ result }) => result.id === row.result.id);
  return known ? rows.map((old) => (old.result.id === row.result.id ? row : old)) : [...rows, row];
}

function waiting<R extends Result>({ result }: StreamedRow<R>, attempt: number): StreamedRow<R> {
  return { result: { ...result, outcome: 'waiting' }, attempt };
}

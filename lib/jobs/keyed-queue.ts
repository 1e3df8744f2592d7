/**
 * Runs `work` for each name it is given, at most `width` at a time and never twice for the same name at once; the
 * others wait their turn. `work` must not reject. Once `signal` is aborted nothing more begins.
 */
export function keyedQueue(width: number, signal: AbortSignal, work: (name: string) => Promise<void>) {
  const running = new Map<string, Promise<void>>();
  const waiting = new Set<string>();

  const start = (name: string) => {
    waiting.delete(name);
    const done = work(name).finally(() => {
      running.delete(name);
      const next = waiting.values().next();
      if (!next.done && !signal.aborted) start(next.value);
    });
    running.set(name, done);
  };

  return {
    /** Begins now or, where all places are taken, when one is free. Nothing where it is under way already. */
    begin(name: string): void {
      if (signal.aborted || running.has(name)) return;
      if (running.size < width) start(name);
      else waiting.add(name);
    },
    /** Resolves when what was under way has ended. */
    async settled(): Promise<void> {
      await Promise.all(running.values());
    },
  };
}

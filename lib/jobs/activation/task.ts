/** What every step of an activation is told. */
export type ActivationTask = {
  activationId: string;
  /** Which apps: those that the configuration chose. */
  configurationId: string;
  /** Where to: the key version in force. */
  versionId: string;
  /** Aborted when the process is asked to end: stop between two pieces of work. */
  signal: AbortSignal;
};

/** Runs `work` over the items, at most `width` at a time; the first failure is thrown once those under way have ended. */
export async function inParallel<T>(
  items: T[],
  width: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failure: unknown;
  let failed = false;
  const lane = async () => {
    for (const item of queue) {
      if (failed) return;
      try {
        signal.throwIfAborted();
        await work(item);
      } catch (error) {
        if (!failed) failure = error;
        failed = true;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failed) throw failure;
}

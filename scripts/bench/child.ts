/** The other end of children.ts. */

/** Says that this process is ready, and answers each message until it is told to end. */
export function serve(answer: (command: never) => Promise<object>, close: () => Promise<void>): void {
  process.on('message', (command: { do?: string }) => {
    const work = command.do === 'end' ? close().then(() => process.exit(0)) : answer(command as never);
    work.then(
      (message) => void process.send?.(message),
      (error: unknown) =>
        void process.send?.({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  // Whoever started us is gone.
  process.on('disconnect', () => process.exit(1));
  process.send?.({ ready: true });
}

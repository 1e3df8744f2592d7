import { constants } from 'node:os';

export interface StopSignal {
  /** Aborts at the first signal that asks this process to end; the reason is the signal's name. */
  signal: AbortSignal;
  /** 128 and the signal's number, as a shell would say: 130 after Ctrl-C; 0 when nobody asked. */
  exitCode(): number;
}

/** From here on SIGINT, SIGTERM and SIGHUP do not end this process but ask it to; a second one changes nothing. */
export function listenForStop(): StopSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort(name));
  return {
    signal: controller.signal,
    exitCode: () => {
      const name: unknown = controller.signal.reason;
      return name === 'SIGINT' || name === 'SIGTERM' || name === 'SIGHUP' ? 128 + constants.signals[name] : 0;
    },
  };
}

/** Resolves once the signal has aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

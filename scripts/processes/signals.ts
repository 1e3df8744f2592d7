import { constants } from 'node:os';
import { watchParents } from './parents.ts';

export interface StopSignal {
  /** Aborts at the first signal that asks this process to end; the reason is the signal's name. */
  signal: AbortSignal;
  /**
   * Aborts when it is to end soon: at any signal but SIGTERM, which leaves time to say so to a balancer first, and when whoever has
   * started it is gone.
   */
  soon: AbortSignal;
  /** 128 and the signal's number, as a shell would say: 130 after Ctrl-C; 0 when nobody asked. */
  exitCode(): number;
}

/**
 * From here on SIGINT, SIGTERM and SIGHUP do not end this process but ask it to; a second one of a kind changes nothing. That whoever
 * has started it is gone counts as SIGHUP.
 * @param servesOnMs a server that was asked by SIGTERM goes on so long; then it is to end soon
 * @param endsWithinMs what has not ended by itself so long after it was to end soon is ended
 */
export function listenForStop({ servesOnMs = 0, endsWithinMs = 3_500 } = {}): StopSignal {
  const first = new AbortController();
  const soon = new AbortController();
  const stop: StopSignal = {
    signal: first.signal,
    soon: soon.signal,
    exitCode: () => {
      const name: unknown = first.signal.reason;
      return name === 'SIGINT' || name === 'SIGTERM' || name === 'SIGHUP' ? 128 + constants.signals[name] : 0;
    },
  };
  const endSoon = () => {
    if (soon.signal.aborted) return;
    soon.abort();
    setTimeout(() => process.exit(stop.exitCode()), endsWithinMs).unref();
  };
  process.on('SIGTERM', () => {
    if (!first.signal.aborted) setTimeout(endSoon, servesOnMs).unref();
    first.abort('SIGTERM');
  });
  for (const name of ['SIGINT', 'SIGHUP'] as const) {
    process.on(name, () => {
      first.abort(name);
      endSoon();
    });
  }
  watchParents(() => {
    // Whoever ends a whole group of processes at once has asked each: what is under way then is not cut short.
    if (first.signal.aborted) return;
    first.abort('SIGHUP');
    endSoon();
  });
  return stop;
}

/** Resolves once the signal has aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

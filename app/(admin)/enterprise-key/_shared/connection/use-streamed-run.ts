'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useReducer, useRef } from 'react';
import {
  followRun,
  noRun,
  type RunEvent,
  type StreamEvent,
  type StreamedRow,
  type StreamedRun,
} from './streamed-run.ts';

/** `start` answers how it ended, or null where it did not come to its end. */
export type Streamed<About, Run, Done> = { run: Run; start: (about: About) => Promise<Done | null> };

/** Opens a stream of rows and follows it, row by row. When the screen goes, nothing more is read. */
export function useStreamedRun<About, R extends StreamedRow['result'], Done extends { type: 'done' }>(
  open: (about: About) => Promise<AsyncIterable<StreamEvent<R, Done>>>,
): Streamed<About, StreamedRun<About, R, Done>, Done> {
  const router = useRouter();
  const [run, dispatch] = useReducer<StreamedRun<About, R, Done>, [RunEvent<About, R, Done>]>(followRun, noRun);
  const present = useRef(false);
  useEffect(() => {
    present.current = true;
    return () => {
      present.current = false;
    };
  }, []);

  async function start(about: About): Promise<Done | null> {
    if (run.phase === 'running') return null;
    dispatch({ type: 'begin', about });
    let done: Done | null = null;
    try {
      for await (const event of await open(about)) {
        if (!present.current) return null;
        if (event.type === 'done') done = event as Done;
        dispatch(event);
      }
    } catch {
      // The connection broke, or the server went away: what was seen until then stays on the screen.
    }
    // After the last event of a whole run this changes nothing.
    dispatch({ type: 'lost' });
    // What was found is stored now: the steps and the review judge by it.
    router.refresh();
    return done;
  }

  return { run, start };
}

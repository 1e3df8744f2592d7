'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useReducer, useRef } from 'react';
import type { ReportView } from '#lib/byok/setup-views.ts';
import { runTest } from '../actions.ts';
import { followTest, noRun, type TestRun } from './test-run.ts';

export type TestRunner = { run: TestRun; start: () => Promise<void> };

/** Starts a test of what is saved, of which `report` is the last one, and follows it row by row. When the screen goes, nothing more is read. */
export function useTestRun(keyId: string, report: ReportView | null): TestRunner {
  const router = useRouter();
  const [run, dispatch] = useReducer(followTest, noRun);
  const present = useRef(false);
  useEffect(() => {
    present.current = true;
    return () => {
      present.current = false;
    };
  }, []);

  async function start(): Promise<void> {
    if (run.phase === 'running') return;
    dispatch({ type: 'begin', before: report?.requestId ?? null });
    try {
      for await (const event of await runTest({ keyId })) {
        if (!present.current) return;
        dispatch(event);
      }
    } catch {
      // The connection broke, or the server went away: what was tested until then stays on the screen.
    }
    // After the last event of a whole test this changes nothing.
    dispatch({ type: 'lost' });
    // The report is stored now: the steps and the review judge by it.
    router.refresh();
  }

  return { run, start };
}

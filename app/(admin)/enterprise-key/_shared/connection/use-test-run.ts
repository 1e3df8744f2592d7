'use client';

import type { ReportView } from '#lib/byok/setup-views.ts';
import { runTest } from '../actions.ts';
import type { TestRun } from './test-run.ts';
import { useStreamedRun } from './use-streamed-run.ts';

export type TestRunner = { run: TestRun; start: () => Promise<void> };

/** A test of what is saved, of which `report` is the last one. */
export function useTestRun(keyId: string, report: ReportView | null): TestRunner {
  const { run, start } = useStreamedRun((_before: string | null) => runTest({ keyId }));
  return {
    run,
    async start() {
      await start(report?.requestId ?? null);
    },
  };
}

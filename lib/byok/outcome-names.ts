import type { Outcome } from './test-report.ts';

export const outcomeNames = {
  passed: 'Passed',
  failed: 'Failed',
  warning: 'Warning',
  skipped: 'Skipped',
  'not-run': 'Not run',
  running: 'Running',
  waiting: 'Waiting',
} as const satisfies Record<Outcome, string>;

import { describe, expect, it } from 'vitest';
import type { ReportView } from '#lib/byok/setup-views.ts';
import type { CheckId } from '#lib/byok/test-report.ts';
import { whyNotYet } from './rotation-readiness.ts';

const report: ReportView = {
  id: 'report-1',
  passed: true,
  checks: [],
  warnings: [],
  pinnedKeyRef: null,
  facts: null,
  testedBy: 'admin@acme.example',
  requestId: 'r-1',
  startedAt: '2026-11-22T12:00:00Z',
  finishedAt: '2026-11-22T12:00:04Z',
  stale: false,
};
const ready = {
  notMine: null,
  rotate: { allowed: true as const },
  unsaved: false,
  testing: false,
  report,
  acknowledged: new Set<CheckId>(),
};

describe('whyNotYet', () => {
  it('lets a tested rotation be begun', () => {
    expect(whyNotYet(ready)).toBeNull();
  });

  it('says who may, and what stands against it, before anything about the form', () => {
    expect(whyNotYet({ ...ready, notMine: 'Ask an administrator.', unsaved: true })).toBe('Ask an administrator.');
    expect(whyNotYet({ ...ready, rotate: { allowed: false, reason: 'Busy.' }, report: null })).toBe('Busy.');
  });

  it('demands a passed test of exactly what is in the form', () => {
    expect(whyNotYet({ ...ready, unsaved: true })).toMatch(/^Test what you entered/);
    expect(whyNotYet({ ...ready, report: null })).toMatch(/^Test what you entered/);
    expect(whyNotYet({ ...ready, report: { ...report, stale: true } })).toMatch(/^Test again/);
    expect(whyNotYet({ ...ready, report: { ...report, passed: false } })).toMatch(/has to pass/);
    expect(whyNotYet({ ...ready, testing: true })).toMatch(/^Wait/);
  });

  it('demands that each warning is acknowledged by name', () => {
    const warned = { ...ready, report: { ...report, warnings: ['context'] satisfies CheckId[] } };
    expect(whyNotYet(warned)).toMatch(/^Acknowledge/);
    expect(whyNotYet({ ...warned, acknowledged: new Set<CheckId>(['context']) })).toBeNull();
  });
});

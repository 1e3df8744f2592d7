// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { CheckResult } from '#lib/byok/test-report.ts';
import { CheckRow } from './check-row.tsx';

afterEach(cleanup);

const negative: CheckResult = {
  id: 'context',
  outcome: 'passed',
  durationMs: 1_250,
  providerRequestIds: ['r-1', 'r-2'],
  summary: 'It is demanded.',
  details: [],
  negative: true,
};
const explained = /^Denied calls of this check in your CloudTrail come from Keyward/;

it('says whose the denied calls are, unless the check says so itself, under whichever label', () => {
  show(negative);
  expect(screen.getByText(explained)).toBeTruthy();
  cleanup();
  const details = [{ label: 'In the trail', value: 'These come from Keyward.' }];
  show({ ...negative, ownDenialsTold: true, details });
  expect(screen.queryByText(explained)).toBeNull();
  cleanup();
  show({ ...negative, details: [{ label: 'In your CloudTrail', value: 'us-east-1' }] });
  expect(screen.getByText(explained)).toBeTruthy();
});

it('counts request IDs, and tells the time in the words of all screens', () => {
  show(negative);
  expect(screen.getByText('2 AWS request IDs')).toBeTruthy();
  expect(screen.getByText('1.3 s')).toBeTruthy();
  cleanup();
  show({ ...negative, providerRequestIds: ['r-1'] });
  expect(screen.getByText('AWS request ID')).toBeTruthy();
});

function show(result: CheckResult): void {
  render(<CheckRow pages={null} provider="aws" row={{ result, attempt: 1 }} />);
}

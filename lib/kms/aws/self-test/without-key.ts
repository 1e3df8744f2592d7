/**
 * A configuration whose key Keyward is to create: everything that can be tested before is, and what needs the key is left
 * for the test after its creation. The checks read region and account off the key's name: they are given the name of a key that
 * does not exist, which no call carries.
 */

import { type AwsCheckId, awsCheckIds } from '#lib/byok/aws/checks.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import type { CheckFinding } from '#lib/byok/test-report.ts';
import type { SelfTestOptions } from './test-run.ts';

/** Whether the key is not there yet. */
export function awaitsKey({ configuration }: SelfTestOptions): boolean {
  return configuration.createsKey && configuration.keyArn.trim() === '';
}

export function namedForNow(options: SelfTestOptions): SelfTestOptions {
  return { ...options, configuration: { ...options.configuration, keyArn: '00000000-0000-0000-0000-000000000000' } };
}

const before: ReadonlySet<AwsCheckId> = new Set([
  'format',
  'region',
  'connectivity',
  'authentication',
  'confused-deputy',
]);

/** The row of a check that needs the key; undefined for one that does not. */
export function leftForLater(id: AwsCheckId): CheckFinding | undefined {
  if (before.has(id)) return undefined;
  const summary = awsMessage('left-for-creation');
  return { id, outcome: 'skipped', durationMs: 0, providerRequestIds: [], summary, details: [] };
}

const ofKey: ReadonlySet<string> = new Set(
  [awsMessage('label-key'), awsMessage('label-account-of-key')].map(({ code }) => code),
);

/** Without what was said of the name that stands in for the key's. */
export function unnamed(row: CheckFinding): CheckFinding {
  if (row.id !== awsCheckIds[0]) return row;
  const details = row.details.filter(({ label }) => !ofKey.has(label.code));
  const passed = row.outcome === 'passed' ? { summary: awsMessage('key-to-be-created') } : {};
  return {
    ...row,
    ...passed,
    details: [{ label: awsMessage('label-key'), value: awsMessage('to-be-created') }, ...details],
  };
}

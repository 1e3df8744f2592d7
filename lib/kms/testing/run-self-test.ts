/** For tests: runs a self-test to its end and gives its rows. */

import { type AwsCheckId, awsCheckIds } from '#lib/byok/aws/checks.ts';
import type { RoleDraft } from '#lib/byok/aws/connection.ts';
import { roleDraft } from '#lib/byok/aws/testing/connection-of.ts';
import { wordsOf } from '#lib/byok/messages/words.ts';
import { type CheckFinding, type CheckResult, inWords, type Outcome, type TestEvent } from '#lib/byok/test-report.ts';
import { type SelfTestOptions, selfTestAws } from '../aws/self-test.ts';
import { accountId, type Customer, externalId, region, serviceRoleArn, tenantId, vendorAccountId } from './customer.ts';

/** AWS is asked once: a failure is seen at once. */
export const noWaiting = { positiveMs: 0, confusedDeputyMs: 0, pauseMs: 20 };

export function optionsFor(
  aws: Customer,
  more: Partial<SelfTestOptions> = {},
  configuration: Partial<RoleDraft> = {},
): SelfTestOptions {
  return {
    configuration: roleDraft({ region, accountId, roleArn: aws.roleArn, keyArn: aws.keyArn, ...configuration }),
    externalId,
    tenant: { id: tenantId, homeRegion: region, regionPolicy: 'refuse' },
    serviceRoleArn,
    vendorAccountId,
    consoleUrl: 'http://127.0.0.1:3001',
    waitLimits: noWaiting,
    ...more,
  };
}

export type Report = {
  events: TestEvent<CheckFinding>[];
  findings: Map<string, CheckFinding>;
  /** The same in words. */
  results: Map<string, CheckResult>;
  done: Extract<TestEvent, { type: 'done' }>;
};

export async function run(given: SelfTestOptions): Promise<Report> {
  const events: TestEvent<CheckFinding>[] = [];
  for await (const event of selfTestAws(given)) events.push(event);
  const findings = new Map(
    events.flatMap((event) => (event.type === 'check' ? [[event.result.id, event.result]] : [])),
  );
  const done = events.at(-1);
  if (done?.type !== 'done') throw new Error('the test did not end');
  const results = new Map([...findings].map(([id, finding]) => [id, inWords(finding, wordsOf)]));
  return { events, findings, results, done };
}

export function outcomes(report: Report): Record<string, Outcome> {
  return Object.fromEntries([...report.results].map(([id, result]) => [id, result.outcome]));
}

export function row(report: Report, id: AwsCheckId): CheckResult {
  const result = report.results.get(id);
  if (!result) throw new Error(`no row for ${id}`);
  return result;
}

/** Where everything is as it should be, by a role. */
export const allGreen = {
  format: 'passed',
  region: 'passed',
  connectivity: 'passed',
  authentication: 'passed',
  'confused-deputy': 'passed',
  key: 'passed',
  'data-key': 'passed',
  'encryption-decryption': 'passed',
  'data-key-pair': 'skipped',
  context: 'passed',
  'key-in-force': 'skipped',
};

/** Passed until `failed`; after it nothing is run, but what does not apply is still skipped. */
export function failedAt(failed: AwsCheckId): Record<string, string> {
  const at = awsCheckIds.indexOf(failed);
  const later = awsCheckIds.filter((id, index) => index > at && allGreen[id] !== 'skipped');
  return { ...allGreen, [failed]: 'failed', ...Object.fromEntries(later.map((id) => [id, 'not-run'])) };
}

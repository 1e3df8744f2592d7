/**
 * Test Configuration for AWS, by role and external ID or by access key: every check in its order, each with what was seen, AWS's request
 * IDs, and where it failed the one thing to change. It saves nothing, and uses no credential, session or client from
 * any cache: it makes its own and ends them.
 */

import { type AwsCheckId, awsCheckIds } from '#lib/byok/aws/checks.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import { type CheckFinding, isPassing, type TestEvent, warningsOf } from '#lib/byok/test-report.ts';
import { accessKeyChecks } from './self-test/access-key-checks.ts';
import { watchActions } from './self-test/actions.ts';
import { activeKeyCheck } from './self-test/active-key-check.ts';
import { formatCheck, regionCheck } from './self-test/before-aws.ts';
import { contextCheck } from './self-test/context-check.ts';
import { dataKeyCheck, encryptionCheck } from './self-test/data-checks.ts';
import { dataKeyPairCheck } from './self-test/data-key-pair-check.ts';
import { keyCheck } from './self-test/key-check.ts';
import { connectivityCheck } from './self-test/reach-aws.ts';
import { authenticationCheck, confusedDeputyCheck } from './self-test/role-checks.ts';
import {
  beginTest,
  type Check,
  type CheckOutcome,
  endTest,
  type SelfTestOptions,
  type TestRun,
} from './self-test/test-run.ts';

import { awaitsKey, leftForLater, namedForNow, unnamed } from './self-test/without-key.ts';

export type { SelfTestOptions } from './self-test/test-run.ts';

const roleChecks = {
  format: formatCheck,
  region: regionCheck,
  connectivity: connectivityCheck,
  authentication: authenticationCheck,
  'confused-deputy': confusedDeputyCheck,
  key: keyCheck,
  'data-key': dataKeyCheck,
  'encryption-decryption': encryptionCheck,
  'data-key-pair': dataKeyPairCheck,
  context: contextCheck,
  'key-in-force': activeKeyCheck,
} as const satisfies Record<AwsCheckId, Check>;

/**
 * Each check gives a `running` row, perhaps `waiting` events, and its final row; `done` ends the test. Throws KmsError
 * `aborted` when `signal` ends it, and nothing else: a failure of AWS is a row.
 */
export async function* selfTestAws(options: SelfTestOptions): AsyncGenerator<TestEvent<CheckFinding>> {
  const waits = awaitsKey(options);
  const test = beginTest(waits ? namedForNow(options) : options);
  const checks = checksOf(options.configuration);
  const results: CheckFinding[] = [];
  try {
    for (const id of awsCheckIds) {
      const failed = failedBefore(checks[id], results, options);
      const later = waits ? leftForLater(id) : undefined;
      const ended = failed ? notRun(id, failed) : (later ?? (yield* runCheck(id, checks[id], test)));
      const result = waits ? unnamed(ended) : ended;
      results.push(result);
      yield { type: 'check', result };
    }
    const passed = isPassing(awsCheckIds, results);
    yield {
      type: 'done',
      passed,
      warnings: warningsOf(results),
      pinnedKeyRef: test.pinnedKeyArn ?? null,
      facts: test.facts ?? null,
    };
  } finally {
    endTest(test);
  }
}

/** Each check as it is where we are let in this way. */
export function checksOf({ authMode }: SelfTestOptions['configuration']): Record<AwsCheckId, Check> {
  return authMode === 'access-key' ? { ...roleChecks, ...accessKeyChecks } : roleChecks;
}

async function* runCheck(
  id: AwsCheckId,
  check: Check,
  test: TestRun,
): AsyncGenerator<TestEvent<CheckFinding>, CheckFinding> {
  const row = { id, durationMs: 0, providerRequestIds: [], details: [], ...(check.negative ? { negative: true } : {}) };
  yield { type: 'check', result: { ...row, outcome: 'running', summary: check.doing } };
  test.requestIds = [];
  const triedActions = watchActions(test);
  const began = performance.now();
  const verdict = yield* verdictOf(id, check, test);
  const durationMs = Math.round(performance.now() - began);
  const actions = triedActions();
  return {
    ...row,
    ...verdict,
    durationMs,
    providerRequestIds: test.requestIds,
    ...(actions.length > 0 ? { actions } : {}),
  };
}

async function* verdictOf(
  id: AwsCheckId,
  check: Check,
  test: TestRun,
): AsyncGenerator<TestEvent<CheckFinding>, CheckOutcome> {
  const steps = check.run(test);
  if (steps instanceof Promise) return steps;
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    yield { type: 'waiting', id, attempt: step.value };
  }
}

/** The first check that failed: after it none is run, since what it found unsafe must not be used. */
function failedBefore(check: Check, results: readonly CheckFinding[], options: SelfTestOptions): string | undefined {
  return check.apart?.(options) ? undefined : results.find(({ outcome }) => outcome === 'failed')?.id;
}

function notRun(id: AwsCheckId, failed: string): CheckFinding {
  const summary = message('not-run-after', { check: failed });
  return { id, outcome: 'not-run', durationMs: 0, providerRequestIds: [], summary, details: [] };
}

/**
 * One step of the set-up guide, verified by itself: the checks of Test Configuration that concern it, as far as they mean
 * something without the later steps, and each action of its policy by itself. What AWS answers alike for several causes
 * ends as `unknown`. Saves nothing, and uses no credential, session or client from any cache.
 */

import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { actionRows, statusOfRows, type VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import type { RowFinding, RowId, RowOutcome, VerificationEvent } from '#lib/byok/checklist.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import type { Message } from '#lib/byok/messages/message.ts';
import { beginTest, type CheckOutcome, endTest, type TestRun } from './self-test/test-run.ts';
import { namedForNow } from './self-test/without-key.ts';
import { checksOf, type SelfTestOptions } from './self-test.ts';
import { actionProbes } from './verify-step/action-probes.ts';
import { namingAmbiguousCauses, withHiddenKey } from './verify-step/ambiguous-denials.ts';

export type VerifyOptions = SelfTestOptions & { step: VerifiableStep };

export type ProbeOutcome = Omit<CheckOutcome, 'outcome'> & { outcome: RowOutcome };

/** A check, or what stands in for one here. */
export type Probe = {
  id: RowId;
  doing: Message;
  negative?: true;
  run(test: TestRun): AsyncGenerator<number, ProbeOutcome> | Promise<ProbeOutcome>;
};

/** For all that is asked again in one step together: somebody who sees a failure fixes it and verifies once more. */
const patienceMs = 8_000;
const confusedDeputyMs = 20_000;

/**
 * Gives a `running` row, perhaps `waiting` events, and the final row of each probe; `done` ends it. Throws KmsError
 * `aborted` when `signal` ends it, and nothing else: a failure of AWS is a row.
 */
export async function* verifyStepAws({
  step,
  ...options
}: VerifyOptions): AsyncGenerator<VerificationEvent<RowFinding>> {
  const test = beginTest({
    ...(needsNoKey(step) ? namedForNow(options) : options),
    waitLimits: { positiveMs: patienceMs, confusedDeputyMs, ...options.waitLimits },
  });
  const checks = checksOf(options.configuration);
  const endsAt = performance.now() + test.waitLimits.positiveMs;
  const rows: RowFinding[] = [];
  try {
    const way = yield* goThere(test, step, checks);
    if (way) rows.push(way);
    for (const probe of way ? [] : probes[step](checks)) {
      test.waitLimits.positiveMs = Math.max(0, endsAt - performance.now());
      const failed = stopsAt(step, rows);
      rows.push(failed ? notAfter(probe, failed) : yield* runProbe(probe, test));
      yield* lastOf(rows);
    }
    if (way) yield* lastOf(rows);
    yield { type: 'done', status: statusOfRows(step, rows, factsOf(options)) };
  } finally {
    endTest(test);
  }
}

type Checks = ReturnType<typeof checksOf>;

/** By step; each check is the one of the authentication mode. */
const probes = {
  role: (checks) => [
    { id: 'connectivity', ...checks.connectivity },
    namingAmbiguousCauses({ id: 'authentication', ...checks.authentication }),
    { id: 'confused-deputy', ...checks['confused-deputy'] },
  ],
  user: (checks) => [
    { id: 'connectivity', ...checks.connectivity },
    { id: 'authentication', ...checks.authentication },
  ],
  key: (checks) => [{ id: 'region', ...checks.region }, withHiddenKey({ id: 'key', ...checks.key })],
  'key-policy': (checks) => [...actionProbes('key-policy'), { id: 'context', ...checks.context }],
  permission: () => actionProbes('permission'),
} as const satisfies Record<VerifiableStep, (checks: Checks) => readonly Probe[]>;

/** Role and user are verified before there is a key. */
function needsNoKey(step: VerifiableStep): step is 'role' | 'user' {
  return step === 'role' || step === 'user';
}

/**
 * What has to hold before the step itself can be asked about: the names are complete, and with a key, the role lets us in.
 * Gives the row that ends it where one does not hold. Not the step's own fault, so it fails only by a name.
 */
async function* goThere(
  test: TestRun,
  step: VerifiableStep,
  checks: Checks,
): AsyncGenerator<VerificationEvent<RowFinding>, RowFinding | undefined> {
  const format = yield* runProbe({ id: 'format', ...checks.format }, test, 'quiet');
  if (format.outcome === 'failed') return format;
  if (needsNoKey(step)) return undefined;
  for (const id of ['connectivity', 'authentication'] as const) {
    const row = yield* runProbe({ id, ...checks[id] }, test, 'quiet');
    if (row.outcome === 'failed') return notRun(step, row, test.options.configuration.authMode);
  }
  return undefined;
}

function notRun(step: 'key' | 'key-policy' | 'permission', failed: RowFinding, authMode: AwsAuthMode): RowFinding {
  const first = authMode === 'access-key' ? 'user' : 'role';
  return {
    id: step === 'key' ? 'key' : actionRows[0],
    outcome: 'not-run',
    durationMs: failed.durationMs,
    providerRequestIds: failed.providerRequestIds,
    summary: awsMessage('not-run-before', { finding: failed.summary, authMode, step: first }),
    details: failed.details,
    ...(failed.cause ? { cause: failed.cause } : {}),
  };
}

/** Each action of a policy is asked for whatever became of the others; of everything else nothing is after a failure. */
function stopsAt(step: VerifiableStep, rows: readonly RowFinding[]): RowFinding | undefined {
  return step === 'key-policy' || step === 'permission' ? undefined : rows.find(({ outcome }) => outcome === 'failed');
}

function notAfter({ id }: Probe, failed: RowFinding): RowFinding {
  const summary = message('not-run-after', { check: failed.id });
  return { id, outcome: 'not-run', durationMs: 0, providerRequestIds: [], summary, details: [] };
}

function* lastOf(rows: readonly RowFinding[]): Generator<VerificationEvent<RowFinding>> {
  const row = rows.at(-1);
  if (row) yield { type: 'check', result: row };
}

async function* runProbe(
  { id, doing, negative, run }: Probe,
  test: TestRun,
  how?: 'quiet',
): AsyncGenerator<VerificationEvent<RowFinding>, RowFinding> {
  const row = { id, durationMs: 0, providerRequestIds: [], details: [], ...(negative ? { negative } : {}) };
  if (!how) yield { type: 'check', result: { ...row, outcome: 'running', summary: doing } };
  test.requestIds = [];
  const began = performance.now();
  const steps = run(test);
  let verdict: ProbeOutcome;
  if (steps instanceof Promise) verdict = await steps;
  else {
    let next = await steps.next();
    for (; !next.done; next = await steps.next()) if (!how) yield { type: 'waiting', id, attempt: next.value };
    verdict = next.value;
  }
  return { ...row, ...verdict, durationMs: Math.round(performance.now() - began), providerRequestIds: test.requestIds };
}

function factsOf({ configuration }: SelfTestOptions): Parameters<typeof statusOfRows>[2] {
  return {
    authMode: configuration.authMode,
    roleArn: configuration.authMode === 'assume-role' ? configuration.roleArn : '',
    keyArn: configuration.keyArn,
    keyPrincipal: configuration.policyShape.keyPrincipal,
  };
}

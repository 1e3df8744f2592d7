/** What AWS answers alike for several causes, said with all of them: a role that is not assumed, a key that is not seen. */
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { link } from '../self-test/remedies.ts';
import { type Check, type CheckOutcome, found, type TestRun } from '../self-test/test-run.ts';
import type { Probe, ProbeOutcome } from '../verify-step.ts';

/** A role that we may not assume may as well not exist. */
export function namingAmbiguousCauses(check: Check & { id: 'authentication' }): Probe {
  return { ...check, run: (test) => changed(check, test, 'assume-role-denied', ambiguousRole) };
}

/** A key that we may not look at may as well not exist: that is no failure of the key. */
export function withHiddenKey(check: Check & { id: 'key' }): Probe {
  return { ...check, run: (test) => changed(check, test, 'access-denied', hiddenKey) };
}

async function* changed(
  check: Check,
  test: TestRun,
  cause: string,
  change: (test: TestRun, verdict: CheckOutcome) => ProbeOutcome,
): AsyncGenerator<number, ProbeOutcome> {
  const steps = check.run(test);
  const verdict = steps instanceof Promise ? await steps : yield* steps;
  return verdict.cause === cause && verdict.outcome === 'failed' ? change(test, verdict) : verdict;
}

function ambiguousRole(test: TestRun, verdict: CheckOutcome): ProbeOutcome {
  const { serviceRoleArn, externalId } = test.options;
  const { roleName, accountId } = found(test.role);
  return {
    ...verdict,
    details: [
      ...verdict.details,
      {
        label: awsMessage('label-same-answer'),
        value: awsMessage('role-alike'),
      },
      {
        label: awsMessage('label-look-at'),
        value: awsMessage('trust-of-role', { roleName, accountId, serviceRoleArn, externalId }),
      },
    ],
  };
}

function hiddenKey(test: TestRun, { details }: CheckOutcome): ProbeOutcome {
  return {
    outcome: 'unknown',
    cause: 'access-denied',
    summary: awsMessage('key-unseen'),
    details,
    remedy: {
      text: awsMessage('compare-arn', { step: 'key-policy' }),
      ...link(test, 'key'),
    },
  };
}

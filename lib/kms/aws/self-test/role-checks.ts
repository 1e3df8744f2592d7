/** Authentication, and the confused deputy: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
import { type KmsFailureCode, kmsFailures } from '#lib/byok/kms-failure.ts';
import { type AssumeRoleRequest, assumeRole, sessionNameOf } from '../assume-role.ts';
import { makeKmsClient } from '../clients.ts';
import { askAgain, askPatiently } from './ask.ts';
import { stsDenialOf } from './denials.ts';
import { failedVerdict, link, trustRemedy } from './remedies.ts';
import { type Check, found, type Steps, type TestRun, type Verdict } from './test-run.ts';

export const authenticationCheck: Check = {
  doing: 'Assuming the role with your external ID.',
  run: checkAuthentication,
};
export const confusedDeputyCheck: Check = {
  doing: 'Trying to assume the role without your external ID and with a wrong one; both have to be refused.',
  negative: true,
  run: checkConfusedDeputy,
};

async function* checkAuthentication(test: TestRun): Steps {
  const { externalId, serviceRoleArn } = test.options;
  const role = found(test.role);
  const answer = yield* askPatiently(test, (op) => assumeRole(op, found(test.sts), { ...request(test), externalId }));
  if (answer.ok) {
    test.kms = makeKmsClient(found(test.key).region, test.limits, answer.value);
    return { outcome: 'passed', summary: `The role ${role.roleName} was assumed with your external ID.`, details: [] };
  }
  const { meaning, next } = kmsFailures[answer.failure.failure];
  const denied = stsDenialOf(answer.failure);
  if (denied) return failedVerdict(answer.failure, denied.summary(role.roleName), { text: denied.text });
  if (answer.failure.failure !== 'assume-role-denied') {
    return failedVerdict(answer.failure, `Assuming the role failed: ${meaning}`, {
      text: next,
      ...link(test, 'principal'),
    });
  }
  return failedVerdict(
    answer.failure,
    `AWS does not let us assume the role ${role.roleName}: it does not exist in ${role.accountId}, or does not trust us with your external ID.`,
    trustRemedy(test, 'Replace the trust policy of the role by this one.', [serviceRoleArn, 'sts:ExternalId']),
  );
}

const refusedByCustomer: ReadonlySet<KmsFailureCode> = new Set(['assume-role-denied', 'organization-denied']);

/** What is assumed here is thrown away, and may do nothing for as long as it lives. */
const denyAll = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] });

async function* checkConfusedDeputy(test: TestRun): Steps {
  const endsAt = performance.now() + test.waitLimits.confusedDeputyMs;
  const tries = [
    { how: 'without an external ID', cause: 'external-id-not-required', more: {} },
    {
      how: 'with a wrong external ID',
      cause: 'external-id-not-checked',
      more: { externalId: `wrong-${test.random(16).toString('hex')}` },
    },
  ];
  for (const { how, cause, more } of tries) {
    const answer = yield* askAgain(test, { while: (it) => it.ok, endsAt }, (op) =>
      assumeRole(op, found(test.sts), { ...request(test), ...more, policy: denyAll }),
    );
    if (answer.ok) return openToOthers(test, how, cause);
    // Only AccessDenied of STS counts as refused, and only by what is the customer's: any other failure proves nothing.
    if (!refusedByCustomer.has(answer.failure.failure)) {
      const { meaning, next } = kmsFailures[answer.failure.failure];
      return failedVerdict(answer.failure, `Whether the role refuses us ${how} could not be seen: ${meaning}`, {
        text: next,
      });
    }
  }
  return {
    outcome: 'passed',
    summary: 'The role refuses us without your external ID and with a wrong one.',
    details: [
      {
        label: 'In your CloudTrail',
        value: 'The denied AssumeRole calls with these request IDs are this check, on purpose.',
      },
    ],
  };
}

function openToOthers(test: TestRun, how: string, cause: string): Verdict {
  return {
    outcome: 'failed',
    cause,
    summary: `The role lets us in ${how}: another customer of ours who knows its ARN could have us use your key.`,
    details: [],
    remedy: trustRemedy(test, 'Demand your external ID in the trust policy of the role, as in the marked lines.', [
      '"Condition"',
      '"StringEquals"',
      'sts:ExternalId',
    ]),
  };
}

function request(test: TestRun): AssumeRoleRequest {
  return { roleArn: found(test.role).arn, sessionName: sessionNameOf(test.options.tenant.id, 'keyward-test') };
}

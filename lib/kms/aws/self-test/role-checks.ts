/** Authentication, and the confused deputy: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import { type AssumeRoleRequest, assumeRole, sessionNameOf } from '../assume-role.ts';
import { makeKmsClient } from '../clients.ts';
import { askAgain, askPatiently } from './ask.ts';
import { stsDenialOf } from './denials.ts';
import { failedWith, link, trustRemedy } from './remedies.ts';
import { type Check, type CheckOutcome, found, type Steps, type TestRun } from './test-run.ts';

export const authenticationCheck: Check = {
  doing: awsMessage('assuming-role'),
  run: checkAuthentication,
};
export const confusedDeputyCheck: Check = {
  doing: awsMessage('trying-to-assume-role'),
  negative: true,
  run: checkConfusedDeputy,
};

async function* checkAuthentication(test: TestRun): Steps {
  const { externalId, serviceRoleArn } = test.options;
  const role = found(test.role);
  const answer = yield* askPatiently(test, (op) => assumeRole(op, found(test.sts), { ...request(test), externalId }));
  if (answer.ok) {
    test.kms = makeKmsClient(found(test.key).region, test.limits, answer.value);
    return { outcome: 'passed', summary: awsMessage('role-assumed', { roleName: role.roleName }), details: [] };
  }
  const { failure } = answer.failure;
  const by = stsDenialOf(answer.failure);
  if (by) {
    const summary = awsMessage('assuming-denied-by', { by, roleName: role.roleName });
    return failedWith(answer.failure, summary, { text: awsMessage('allow-assuming', { by }) });
  }
  if (failure !== 'assume-role-denied') {
    return failedWith(answer.failure, awsMessage('assuming-failed', { failure }), {
      text: message('kms-failure-next', { provider: 'aws', failure }),
      ...link(test, 'principal'),
    });
  }
  return failedWith(
    answer.failure,
    awsMessage('role-refuses-us', { roleName: role.roleName, accountId: role.accountId }),
    trustRemedy(test, awsMessage('replace-trust-policy'), [serviceRoleArn, 'sts:ExternalId']),
  );
}

const refusedByCustomer: ReadonlySet<KmsFailureCode> = new Set(['assume-role-denied', 'organization-denied']);

/** What is assumed here is thrown away, and may do nothing for as long as it lives. */
const denyAll = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] });

async function* checkConfusedDeputy(test: TestRun): Steps {
  const endsAt = performance.now() + test.waitLimits.confusedDeputyMs;
  const tries = [
    { how: 'no-id', cause: 'external-id-not-required', more: {} },
    {
      how: 'wrong-id',
      cause: 'external-id-not-checked',
      more: { externalId: `wrong-${test.random(16).toString('hex')}` },
    },
  ] as const;
  for (const { how, cause, more } of tries) {
    const answer = yield* askAgain(test, { while: (it) => it.ok, endsAt }, (op) =>
      assumeRole(op, found(test.sts), { ...request(test), ...more, policy: denyAll }),
    );
    if (answer.ok) return openToOthers(test, how, cause);
    // Only AccessDenied of STS counts as refused, and only by what is the customer's: any other failure proves nothing.
    if (!refusedByCustomer.has(answer.failure.failure)) {
      const { failure } = answer.failure;
      return failedWith(answer.failure, awsMessage('refusal-unseen', { with: how, failure }), {
        text: message('kms-failure-next', { provider: 'aws', failure }),
      });
    }
  }
  return {
    outcome: 'passed',
    summary: awsMessage('role-refuses-others'),
    ownDenialsTold: true,
    details: [
      {
        label: awsMessage('label-cloudtrail'),
        value: awsMessage('denied-assuming-is-ours'),
      },
    ],
  };
}

function openToOthers(test: TestRun, how: 'no-id' | 'wrong-id', cause: string): CheckOutcome {
  return {
    outcome: 'failed',
    cause,
    summary: awsMessage('role-lets-others-in', { with: how }),
    details: [],
    remedy: trustRemedy(test, awsMessage('demand-external-id'), ['"Condition"', '"StringEquals"', 'sts:ExternalId']),
  };
}

function request(test: TestRun): AssumeRoleRequest {
  return { roleArn: found(test.role).arn, sessionName: sessionNameOf(test.options.tenant.id, 'keyward-test') };
}

/** Connectivity: STS and KMS of the key's region answer. What they answer does not matter yet. */

import { ListKeysCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import { awsEndpointOverrides } from '#lib/config/aws-endpoints.ts';
import type { KmsError } from '../../errors.ts';
import { makeKmsClient, makeStsClient } from '../clients.ts';
import { type Answer, ask } from './ask.ts';
import { accessKeyOf, type Check, type CheckOutcome, found, type TestRun } from './test-run.ts';

export const connectivityCheck: Check = { doing: awsMessage('calling-sts-and-kms'), run: checkConnectivity };

/**
 * With a role, both are asked with the vendor's own credentials about the vendor's own account: nothing shows in the
 * customer's. With an access key, with that one, so that the vendor need not have any.
 */
async function checkConnectivity(test: TestRun): Promise<CheckOutcome> {
  const { region } = found(test.key);
  const credentials = accessKeyOf(test);
  const sts = makeStsClient(region, test.limits, credentials);
  test.sts = sts;
  const kms = makeKmsClient(region, test.limits, credentials);
  try {
    const [stsAnswer, kmsAnswer] = await Promise.all([
      ask(test, (op) => op.send('sts', (abortSignal) => sts.send(new GetCallerIdentityCommand({}), { abortSignal }))),
      ask(test, (op) => op.send('kms', (abortSignal) => kms.send(new ListKeysCommand({ Limit: 1 }), { abortSignal }))),
    ]);
    const silent = [silence('STS', stsAnswer), silence('KMS', kmsAnswer)].filter((it) => it !== undefined);
    const [first] = silent;
    const skewMs = Math.max(Math.abs(sts.config.systemClockOffset), Math.abs(kms.config.systemClockOffset));
    if (!first && skewMs >= skewedFromMs) return skewed(skewMs);
    if (!first) {
      const denied = credentials && !kmsAnswer.ok ? [ownDenial] : [];
      return {
        outcome: 'passed',
        summary: awsMessage('sts-and-kms-answer', { region }),
        details: [...denied, ...endpoints()],
      };
    }
    return {
      outcome: 'failed',
      cause: first.failure,
      summary: awsMessage('no-answer', {
        services: silent.map((it) => it.service),
        region,
        failure: first.failure,
        connectionCode: first.connectionCode ?? null,
      }),
      details: [
        ...silent.map((it) => ({
          label: awsMessage('label-service', { service: it.service }),
          value: it.connectionCode ?? it.providerCode ?? it.failure,
        })),
        ...endpoints(),
      ],
      remedy: { text: message('kms-failure-next', { provider: 'aws', failure: first.failure }) },
    };
  } finally {
    kms.destroy();
  }
}

/**
 * The SDK signs with AWS's time once AWS has told it, so that calls go through; but dates would be kept at the wrong time.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-clock-skew.html
 */
const skewedFromMs = 300_000;

function skewed(skewMs: number): CheckOutcome {
  const failure = 'clock-skew';
  return {
    outcome: 'failed',
    cause: failure,
    summary: message('kms-failure', { provider: 'aws', failure }),
    details: [
      {
        label: awsMessage('label-difference'),
        value: awsMessage('count-of-minutes', { minutes: Math.round(skewMs / 60_000) }),
      },
      ...endpoints(),
    ],
    remedy: { text: message('kms-failure-next', { provider: 'aws', failure }) },
  };
}

const ownDenial = {
  label: awsMessage('label-cloudtrail'),
  value: awsMessage('refused-listing-is-ours'),
};

/** Said in every report: a test that did not speak to AWS itself proves nothing about AWS. */
function endpoints(): CheckOutcome['details'] {
  return awsEndpointOverrides().map(({ service, url }) => ({
    label: awsMessage('label-not-aws-itself', { service }),
    value: url,
  }));
}

type Silence = { service: string } & Pick<KmsError, 'failure' | 'providerCode' | 'connectionCode'>;

/** A refusal is an answer. Silence, a broken service, and having nothing to sign a question with are not. */
function silence(service: string, answer: Answer<unknown>): Silence | undefined {
  if (answer.ok) return undefined;
  const { failure, providerCode, connectionCode, requestIds } = answer.failure;
  const unanswered =
    unansweredFailures.has(failure) ||
    providerCode === 'CredentialsProviderError' ||
    (failure === 'unexpected' && requestIds.length === 0);
  return unanswered ? { service, failure, providerCode, connectionCode } : undefined;
}

const unansweredFailures: ReadonlySet<KmsFailureCode> = new Set([
  'timed-out',
  'unreachable',
  'untrusted-certificate',
  'kms-internal',
  'dependency-timeout',
]);

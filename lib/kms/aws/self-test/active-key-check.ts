/**
 * Active key, where a rotation is tested: a real data key under each version that data hangs on is unwrapped, as it will be
 * once the rotation has begun. A permission policy that names the new key alone cuts off all that has not moved yet.
 */
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { cutOffMeans } from '#lib/byok/cut-off.ts';
import { lossCauseOf } from '#lib/byok/loss-causes.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import { KmsError } from '../../errors.ts';
import { encryptionContext } from '../../provider.ts';
import type { StandingWrapping } from '../../standing-wrapping.ts';
import { decrypt } from '../key-calls.ts';
import { type Answer, ask, waitsFor } from './ask.ts';
import { caller } from './data-checks.ts';
import { cutOffRemedy } from './standing-remedies.ts';
import { type Check, type CheckOutcome, found, type Steps, type TestRun } from './test-run.ts';

export const activeKeyCheck: Check = {
  apart: ({ standing = [] }) => standing.length === 0,
  doing: awsMessage('opening-data-keys'),
  run: checkActiveKey,
};

type Lost = { standing: StandingWrapping; failure: KmsError };

async function* checkActiveKey(test: TestRun): Steps {
  const { standing = [] } = test.options;
  if (standing.length === 0) return doesNotApply;
  const endsAt = performance.now() + test.waitLimits.positiveMs;
  const lost: Lost[] = [];
  for (const one of standing) {
    const answer = yield* waitsFor(test, endsAt, () => open(test, one));
    if (!answer.ok) lost.push({ standing: one, failure: answer.failure });
  }
  // What keeps the rotation from being accepted is told first.
  const [worst] = lost.toSorted((a, b) => Number(isBlocking(b)) - Number(isBlocking(a)));
  return worst ? cutOff(test, worst, lost) : opened(standing);
}

const doesNotApply: CheckOutcome = {
  outcome: 'skipped',
  summary: awsMessage('no-earlier-version'),
  details: [],
};

function isBlocking({ standing, failure }: Lost): boolean {
  return cutOffMeans(standing.active, failure.failure) === 'failed';
}

/** As the rotation will do it: a wrapping belongs to a CMK, and the new version's credentials unwrap what lies under its own. */
async function open(test: TestRun, { pinnedKeyRef, ids, wrapped, connect }: StandingWrapping): Promise<Answer<void>> {
  if (pinnedKeyRef === test.pinnedKeyArn) {
    return ask(test, async (operation) => {
      (await decrypt(caller(test, operation), wrapped, encryptionContext(ids))).fill(0);
    });
  }
  const key = await connect();
  try {
    const { plaintext, requestIds } = await key.unwrap(wrapped, ids, test.options.signal);
    plaintext.fill(0);
    test.requestIds.push(...requestIds);
    return { ok: true, value: undefined };
  } catch (thrown) {
    if (!(thrown instanceof KmsError) || thrown.failure === 'aborted') throw thrown;
    test.requestIds.push(...thrown.requestIds);
    return { ok: false, failure: thrown };
  } finally {
    key.close();
  }
}

function opened(standing: readonly StandingWrapping[]): CheckOutcome {
  return {
    outcome: 'passed',
    summary: awsMessage('stays-readable', { versions: standing.map(({ number }) => number) }),
    details: standing.map(({ number, pinnedKeyRef }) => ({
      label: awsMessage('label-version', { version: number }),
      value: pinnedKeyRef,
    })),
  };
}

function cutOff(test: TestRun, worst: Lost, lost: readonly Lost[]): CheckOutcome {
  const { standing, failure } = worst;
  // What lies under a key of another provider was refused there.
  const { provider } = standing.connection;
  const cause = lossCauseOf(provider, failure);
  const why = cause
    ? message('key-lost', { provider, cause, deletedAt: null })
    : message('kms-failure', { provider, failure: failure.failure });
  const { number: version, active: inForce, records, dataKeys } = standing;
  const blocking = isBlocking(worst);
  return {
    outcome: blocking ? 'failed' : 'warning',
    cause: 'key-cut-off',
    summary: awsMessage('cut-off', { version, inForce, records, dataKeys, blocking, why }),
    details: [
      ...lost.map((one) => ({
        label: awsMessage('label-version', { version: one.standing.number }),
        value: awsMessage('hanging-on-key', {
          keyRef: one.standing.pinnedKeyRef,
          records: one.standing.records,
          dataKeys: one.standing.dataKeys,
          code: one.failure.providerCode ?? one.failure.failure,
        }),
      })),
      ...(found(test.pinnedKeyArn) === standing.pinnedKeyRef
        ? []
        : [{ label: awsMessage('label-new-key'), value: found(test.pinnedKeyArn) }]),
    ],
    remedy: cutOffRemedy(test, standing, failure),
  };
}

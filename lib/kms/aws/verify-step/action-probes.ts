/**
 * Each action that a policy has to allow, by itself and under our encryption context. A denial is the step's own fault where
 * AWS names the step's policy, and says nothing about it where AWS names the other one.
 */

import { timingSafeEqual } from 'node:crypto';
import { parseKeyArn } from '#lib/byok/aws/arn.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { type ActionRow, actionRows } from '#lib/byok/aws/set-up-steps.ts';
import type { Message } from '#lib/byok/messages/message.ts';
import { KmsError } from '../../errors.ts';
import { appIdOfTest, dataKeyBytes, encryptionContext } from '../../provider.ts';
import { decrypt, describeKey, encrypt, generateDataKey, type KeyCaller } from '../key-calls.ts';
import type { Operation } from '../operation.ts';
import { askPatiently } from '../self-test/ask.ts';
import { keyPolicyRemedy, kmsFailed, permissionRemedy, principalOf } from '../self-test/remedies.ts';
import { found, type TestRun } from '../self-test/test-run.ts';
import type { Probe, ProbeOutcome } from '../verify-step.ts';

type PolicyStep = 'key-policy' | 'permission';
type Made = { wrapped?: Buffer; sent?: Buffer };

export function actionProbes(step: PolicyStep): [Probe, ...Probe[]] {
  // What one action makes the next one opens; of one test each, and forgotten with it.
  const made = new WeakMap<TestRun, Made>();
  const [first, ...rest] = actionRows.map((action) => probeOf(step, action, made));
  if (!first) throw new Error('there are no actions');
  return [first, ...rest];
}

function probeOf(step: PolicyStep, action: ActionRow, made: WeakMap<TestRun, Made>): Probe {
  return {
    id: action,
    doing: awsMessage('calling-action', { action }),
    async *run(test) {
      const own = made.get(test) ?? {};
      made.set(test, own);
      const missing = whatIsMissing(test, action, own);
      if (missing) return missing;
      const answer = yield* askPatiently(test, (operation) => calls[action](test, operation, own));
      return answer.ok ? allowed(test, action) : evaluate(step, test, action, answer.failure);
    },
  };
}

const calls: Record<ActionRow, (test: TestRun, operation: Operation, made: Made) => Promise<void>> = {
  'kms:DescribeKey': async (test, operation) => {
    const { Arn } = await describeKey({ ...callerOf(test, operation), keyArn: found(test.key).arn });
    const own = parseKeyArn(Arn ?? '');
    // An alias is called by no other action: each compares the key that answers with the one that it named.
    if (found(test.key).kind === 'alias' && own.ok) test.pinnedKeyArn = own.value.arn;
  },
  'kms:GenerateDataKey': async (test, operation, made) => {
    const { wrapped, plaintext } = await generateDataKey(callerOf(test, operation), contextOf(test));
    made.wrapped = wrapped;
    made.sent = plaintext;
  },
  'kms:Encrypt': async (test, operation, made) => {
    const sent = Buffer.from(test.random(dataKeyBytes));
    made.wrapped = await encrypt(callerOf(test, operation), sent, contextOf(test));
    made.sent = sent;
  },
  'kms:Decrypt': async (test, operation, made) => {
    const back = await decrypt(callerOf(test, operation), found(made.wrapped), contextOf(test));
    const sent = found(made.sent);
    const same = back.length === sent.length && timingSafeEqual(back, sent);
    back.fill(0);
    sent.fill(0);
    if (!same) throw new KmsError('wrong-plaintext', operation);
  },
};

/** Null where the action can be called. */
function whatIsMissing(test: TestRun, action: ActionRow, made: Made): ProbeOutcome | null {
  if (action === 'kms:DescribeKey') return null;
  const { key } = test;
  if (key?.kind === 'key') test.pinnedKeyArn ??= key.arn;
  if (!test.pinnedKeyArn) return notRun(awsMessage('alias-not-resolved'));
  if (action === 'kms:Decrypt' && !made.wrapped) return notRun(awsMessage('nothing-to-decrypt'));
  return null;
}

function notRun(summary: Message): ProbeOutcome {
  return { outcome: 'not-run', summary, details: [] };
}

function allowed(test: TestRun, action: ActionRow): ProbeOutcome {
  const summary = awsMessage('call-allowed', { action, who: principalOf(test) });
  return { outcome: 'passed', summary, details: [] };
}

function evaluate(step: PolicyStep, test: TestRun, action: ActionRow, failure: KmsError): ProbeOutcome {
  if (failure.failure !== 'access-denied') return notThePolicy(action, failure);
  const verdict = kmsFailed(test, failure, action);
  if (mayDoWithout(test, action)) return doneWithout(test, action, verdict.details);
  switch (failure.deniedBy) {
    case 'resource-policy':
      return step === 'key-policy' ? verdict : theOther(test, action, 'key-policy', verdict.details);
    case 'identity-policy':
      if (step === 'permission') return verdict;
      if (!failure.deniedExplicitly && keyPolicyIsEnough(test)) return missingInKeyPolicy(test, action, verdict);
      return theOther(test, action, 'permission', verdict.details);
    default:
      // AWS named neither, or something around both: it is in the way of either step.
      return verdict;
  }
}

/** Where key and role share an account and the key policy names the role, it would have been allowed by that alone. */
function keyPolicyIsEnough(test: TestRun): boolean {
  const account = test.user?.accountId ?? test.role?.accountId;
  return account === test.key?.accountId && test.options.configuration.policyShape?.keyPrincipal !== 'account';
}

function missingInKeyPolicy(test: TestRun, action: ActionRow, { details }: ProbeOutcome): ProbeOutcome {
  return {
    outcome: 'failed',
    cause: 'access-denied',
    summary: awsMessage('missing-in-key-policy', { action, who: principalOf(test) }),
    details,
    remedy: keyPolicyRemedy(test, action, [sidOf(action)]),
  };
}

function theOther(test: TestRun, action: ActionRow, other: PolicyStep, details: ProbeOutcome['details']): ProbeOutcome {
  return {
    outcome: 'unknown',
    cause: 'access-denied',
    summary: awsMessage('other-policy-named', { action, who: principalOf(test), policy: other }),
    details,
    remedy: {
      text: awsMessage('look-at-step', { authMode: test.options.configuration.authMode, step: other }),
    },
  };
}

/** With an access key Encrypt and Decrypt are enough: data keys are then made by us, and the key is known by its answers. */
function mayDoWithout(test: TestRun, action: ActionRow): boolean {
  const optional = action === 'kms:DescribeKey' || action === 'kms:GenerateDataKey';
  return optional && test.options.configuration.authMode === 'access-key';
}

function doneWithout(test: TestRun, action: ActionRow, details: ProbeOutcome['details']): ProbeOutcome {
  return {
    outcome: 'warning',
    cause: 'access-denied',
    summary: awsMessage('works-without', { action }),
    details,
    remedy: {
      ...permissionRemedy(test, action, [sidOf(action)]),
      text: awsMessage('allow-in-both', { action }),
    },
  };
}

/** A key that is disabled, AWS that does not answer: what the policies allow shows only afterwards. */
function notThePolicy(action: ActionRow, { failure, providerCode }: KmsError): ProbeOutcome {
  return {
    outcome: 'unknown',
    cause: failure,
    summary: awsMessage('not-by-a-policy', { action, failure }),
    details: providerCode ? [{ label: awsMessage('label-aws-error'), value: providerCode }] : [],
    remedy: { text: awsMessage('then-verify-again', { failure }) },
  };
}

function sidOf(action: ActionRow): string {
  return action === 'kms:DescribeKey' ? 'KeywardDescribesThisKey' : 'KeywardUsesThisKey';
}

function callerOf(test: TestRun, operation: Operation): KeyCaller {
  return { kms: found(test.kms), operation, keyArn: test.pinnedKeyArn ?? found(test.key).arn };
}

function contextOf(test: TestRun): Record<string, string> {
  return encryptionContext({ tenantId: test.options.tenant.id, appId: appIdOfTest });
}

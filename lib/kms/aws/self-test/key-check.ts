/** Key: enabled, symmetric, for encryption and decryption, customer managed. What else it is, is shown. */

import { GetKeyRotationStatusCommand, type KeyMetadata } from '@aws-sdk/client-kms';
import { type KeyArn, parseKeyArn } from '#lib/byok/aws/arn.ts';
import { type AwsKeyFacts, keyOrigins } from '#lib/byok/aws/key-facts.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import type { KeyFacts } from '#lib/byok/key-facts.ts';
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import { message } from '#lib/byok/messages/catalogue.ts';
import type { Message } from '#lib/byok/messages/message.ts';
import { stateFailure } from '../clarify-state.ts';
import { describeKey } from '../key-calls.ts';
import { ask, askPatiently } from './ask.ts';
import { riskOf } from './key-risks.ts';
import { labelDetails, labelsOf } from './labels.ts';
import { kmsFailed, link } from './remedies.ts';
import { type Check, type CheckOutcome, found, type Steps, type TestRun } from './test-run.ts';

export const keyCheck: Check = { doing: awsMessage('looking-at-key'), run: checkKey };

type Details = CheckOutcome['details'];

async function* checkKey(test: TestRun): Steps {
  const kms = found(test.kms);
  const given = found(test.key);
  const answer = yield* askPatiently(test, (operation) => describeKey({ kms, operation, keyArn: given.arn }));
  if (!answer.ok) return kmsFailed(test, answer.failure, 'kms:DescribeKey');
  return keyOutcome(test, answer.value);
}

/** Pins the key's own ARN, takes note of its facts, and says whether it can be used. */
export async function keyOutcome(test: TestRun, key: KeyMetadata): Promise<CheckOutcome> {
  const arn = ownArn(test, key);
  if (!arn)
    return refused(
      test,
      'wrong-key',
      awsMessage('other-key-described'),
      message('kms-failure-next', { provider: 'aws', failure: 'wrong-key' }),
      [],
    );
  test.pinnedKeyArn = arn;
  const rotation = await rotationOf(test, arn);
  const labels = await labelsOf(test, arn);
  test.facts = { ...factsOf(key, rotation), ...labels };
  const details = [
    ...detailsOf(key, arn),
    { label: awsMessage('label-automatic-rotation'), value: awsMessage(rotation) },
    ...labelDetails(labels),
  ];
  return evaluateKey(test, key, details);
}

function evaluateKey(test: TestRun, key: KeyMetadata, details: Details): CheckOutcome {
  if (key.KeyManager !== 'CUSTOMER') {
    const next = awsMessage('use-customer-managed-key');
    return refused(test, 'aws-managed-key', awsMessage('managed-by-aws'), next, details);
  }
  if (key.KeySpec !== 'SYMMETRIC_DEFAULT' || key.KeyUsage !== 'ENCRYPT_DECRYPT') {
    return refusedAs(test, 'invalid-key-usage', details);
  }
  const state = stateFailure(key);
  if (state) return refusedAs(test, state, details);
  const risk = riskOf(key, new Date());
  if (risk) {
    const { outcome, cause, summary, next } = risk;
    return { outcome, cause, summary, details: [...details, ...risk.details], remedy: { text: next } };
  }
  return {
    outcome: 'passed',
    summary: awsMessage('key-usable'),
    details,
  };
}

/** The ARN of the key itself; undefined when AWS speaks of another key than we asked for. */
function ownArn(test: TestRun, key: KeyMetadata): KeyArn | undefined {
  const given = found(test.key);
  const answered = parseKeyArn(key.Arn ?? '');
  if (!answered.ok || answered.value.region !== given.region || answered.value.accountId !== given.accountId)
    return undefined;
  return given.kind === 'alias' || given.arn === answered.value.arn ? answered.value.arn : undefined;
}

function factsOf(key: KeyMetadata, rotation: Rotation): KeyFacts {
  const own: AwsKeyFacts = {
    origin: keyOrigins.find((origin) => origin === key.Origin) ?? null,
    multiRegion: multiRegionOf(key),
    customKeyStoreId: key.CustomKeyStoreId ?? null,
  };
  return {
    described: true,
    validTo: key.ValidTo?.toISOString() ?? null,
    rotatesByItself: rotation === 'switched-on' ? true : rotation === 'switched-off' ? false : null,
    description: key.Description ?? null,
    aliases: null,
    tags: null,
    generates: true,
    seenAt: new Date().toISOString(),
    own,
  };
}

function multiRegionOf(key: KeyMetadata): 'single' | 'primary' | 'replica' {
  if (!key.MultiRegion) return 'single';
  return key.MultiRegionConfiguration?.MultiRegionKeyType === 'REPLICA' ? 'replica' : 'primary';
}

function detailsOf(key: KeyMetadata, arn: string): Details {
  return [
    { label: awsMessage('label-key-arn'), value: arn },
    { label: awsMessage('label-state'), value: key.KeyState ?? awsMessage('not-told') },
    { label: awsMessage('label-type'), value: key.KeySpec ?? awsMessage('not-told') },
    { label: awsMessage('label-usage'), value: key.KeyUsage ?? awsMessage('not-told') },
    { label: awsMessage('label-origin'), value: key.Origin ?? awsMessage('not-told') },
    { label: awsMessage('label-expiry'), value: key.ValidTo ? key.ValidTo.toISOString() : awsMessage('expires-never') },
    ...(key.DeletionDate ? [{ label: awsMessage('label-deletion'), value: key.DeletionDate.toISOString() }] : []),
    {
      label: awsMessage('label-regionality'),
      value: awsMessage('regionality-of-key', { multiRegion: multiRegionOf(key) }),
    },
  ];
}

type Rotation = 'switched-on' | 'switched-off' | 'not-permitted-to-see' | 'does-not-apply' | 'could-not-be-seen';

/** Good to know and nothing that we need: a denial is no failure, and is not asked again. */
async function rotationOf(test: TestRun, arn: string): Promise<Rotation> {
  const kms = found(test.kms);
  const answer = await ask(test, (op) =>
    op.send('kms', (abortSignal) => kms.send(new GetKeyRotationStatusCommand({ KeyId: arn }), { abortSignal })),
  );
  if (answer.ok) return answer.value.KeyRotationEnabled ? 'switched-on' : 'switched-off';
  if (answer.failure.failure === 'access-denied') return 'not-permitted-to-see';
  return answer.failure.providerCode === 'UnsupportedOperationException' ? 'does-not-apply' : 'could-not-be-seen';
}

function refusedAs(test: TestRun, failure: KmsFailureCode, details: Details): CheckOutcome {
  const next = message('kms-failure-next', { provider: 'aws', failure });
  return refused(test, failure, message('kms-failure', { provider: 'aws', failure }), next, details);
}

function refused(test: TestRun, cause: string, summary: Message, next: Message, details: Details): CheckOutcome {
  return { outcome: 'failed', cause, summary, details, remedy: { text: next, ...link(test, 'key') } };
}

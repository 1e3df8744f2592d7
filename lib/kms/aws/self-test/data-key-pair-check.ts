/**
 * Data key pair, where the configuration asks for it: AWS makes one under our encryption context, test data goes in by the
 * public half and has to come out by the private half as it was. The pair is thrown away.
 * https://docs.aws.amazon.com/kms/latest/developerguide/data-key-pairs.html (custom key stores make none)
 */

import {
  constants,
  createPrivateKey,
  createPublicKey,
  privateDecrypt,
  publicEncrypt,
  timingSafeEqual,
} from 'node:crypto';
import { awsFactsOf } from '#lib/byok/aws/key-facts.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import type { Message } from '#lib/byok/messages/message.ts';
import { dataKeyBytes } from '../../provider.ts';
import { generateDataKeyPair } from '../key-calls.ts';
import { askPatiently } from './ask.ts';
import { caller, testContext } from './data-checks.ts';
import { kmsFailed } from './remedies.ts';
import type { Check, CheckOutcome, SelfTestOptions, Steps, TestRun } from './test-run.ts';

export const dataKeyPairCheck: Check = {
  apart: (options) => !isAsked(options),
  doing: awsMessage('generating-data-key-pair'),
  run: checkDataKeyPair,
};

async function* checkDataKeyPair(test: TestRun): Steps {
  if (!isAsked(test.options)) return skipped(awsMessage('pair-not-asked-for'));
  if (test.facts && awsFactsOf(test.facts).customKeyStoreId) return inCustomKeyStore;
  const answer = yield* askPatiently(test, (operation) =>
    generateDataKeyPair(caller(test, operation), testContext(test)),
  );
  if (!answer.ok) {
    // A key that may not be described does not tell where it is kept; this is how it shows.
    if (answer.failure.providerCode === 'UnsupportedOperationException') return inCustomKeyStore;
    return kmsFailed(test, answer.failure, 'kms:GenerateDataKeyPair');
  }
  const { publicKey, privateKey } = answer.value;
  try {
    return thereAndBack(publicKey, privateKey, test.random(dataKeyBytes)) ? passed : changed;
  } finally {
    privateKey.fill(0);
  }
}

/** Whether test data comes back as it went in. What cannot be read as a key, or not be opened, did not. */
function thereAndBack(publicKey: Buffer, privateKey: Buffer, sent: Buffer): boolean {
  const padding = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  try {
    const encrypted = publicEncrypt(
      { key: createPublicKey({ key: publicKey, format: 'der', type: 'spki' }), ...padding },
      sent,
    );
    const back = privateDecrypt(
      { key: createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }), ...padding },
      encrypted,
    );
    return back.length === sent.length && timingSafeEqual(back, sent);
  } catch {
    return false;
  }
}

function isAsked({ configuration }: SelfTestOptions): boolean {
  return configuration.dataKeyPair;
}

const passed: CheckOutcome = {
  outcome: 'passed',
  summary: awsMessage('pair-made'),
  details: [{ label: awsMessage('label-pair'), value: awsMessage('pair-thrown-away') }],
};

const changed: CheckOutcome = {
  outcome: 'failed',
  cause: 'wrong-plaintext',
  summary: awsMessage('pair-wrong'),
  details: [],
  remedy: { text: awsMessage('test-pair-again') },
};

const inCustomKeyStore = skipped(awsMessage('pair-not-in-this-store'));

function skipped(summary: Message): CheckOutcome {
  return { outcome: 'skipped', summary, details: [] };
}

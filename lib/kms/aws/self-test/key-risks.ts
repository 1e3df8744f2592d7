/**
 * What can happen to a key whose material does not lie in AWS KMS alone. None of it is a fault, and each is acknowledged
 * before the key is relied on.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-store-overview.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-conceptual.html
 */

import type { KeyMetadata } from '@aws-sdk/client-kms';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import type { Message } from '#lib/byok/messages/message.ts';
import type { CheckFinding } from '#lib/byok/test-report.ts';

export type KeyRisk = {
  outcome: 'warning' | 'failed';
  cause: string;
  summary: Message;
  next: Message;
  details: CheckFinding['details'];
};

const dayMs = 86_400_000;

/** Undefined for a key that AWS KMS made and keeps. */
export function riskOf(key: KeyMetadata, now: Date): KeyRisk | undefined {
  switch (key.Origin) {
    case 'AWS_CLOUDHSM':
      return inCloudHsm(key);
    case 'EXTERNAL_KEY_STORE':
      return inExternalKeyStore(key);
    case 'EXTERNAL':
      return imported(key, now);
    default:
      return undefined;
  }
}

function inCloudHsm(key: KeyMetadata): KeyRisk {
  return {
    outcome: 'warning',
    cause: 'cloudhsm-key-store',
    summary: awsMessage('in-cloudhsm'),
    next: awsMessage('keep-cloudhsm'),
    details: storeDetails('AWS_CLOUDHSM', key),
  };
}

function inExternalKeyStore(key: KeyMetadata): KeyRisk {
  return {
    outcome: 'warning',
    cause: 'external-key-store',
    summary: awsMessage('in-external-key-store'),
    next: awsMessage('keep-external-key-store'),
    details: storeDetails('EXTERNAL_KEY_STORE', key),
  };
}

function storeDetails(kind: 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE', key: KeyMetadata): KeyRisk['details'] {
  return [
    {
      label: awsMessage('label-key-store'),
      value: awsMessage('named-key-store', { kind, id: key.CustomKeyStoreId ?? '' }),
    },
    { label: awsMessage('label-data-key-pair'), value: awsMessage('no-pairs-in-key-store') },
  ];
}

function imported(key: KeyMetadata, now: Date): KeyRisk {
  if (!key.ValidTo) {
    return {
      outcome: 'warning',
      cause: 'imported-material',
      summary: awsMessage('material-imported'),
      next: awsMessage('keep-material'),
      details: [],
    };
  }
  const left = Math.floor((key.ValidTo.getTime() - now.getTime()) / dayMs);
  const date = key.ValidTo.toISOString().slice(0, 10);
  if (key.ValidTo <= now) {
    return {
      outcome: 'failed',
      cause: 'material-expired',
      summary: awsMessage('material-expired', { date }),
      next: awsMessage('import-material-again'),
      details: [{ label: awsMessage('label-days-left'), value: '0' }],
    };
  }
  return {
    outcome: 'warning',
    cause: 'material-expires',
    summary: awsMessage('material-expires', { date, days: left }),
    next: awsMessage('import-material-in-time'),
    details: [{ label: awsMessage('label-days-left'), value: String(left) }],
  };
}

/**
 * What can happen to a key whose material does not lie in AWS KMS alone. None of it is a fault, and each is acknowledged
 * before the key is relied on.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-store-overview.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-conceptual.html
 */
import type { KeyMetadata } from '@aws-sdk/client-kms';

export type KeyRisk = {
  outcome: 'warning' | 'failed';
  cause: string;
  summary: string;
  next: string;
  details: { label: string; value: string }[];
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
    summary:
      'The key lives in a CloudHSM key store of yours. While that store is disconnected, or its cluster does not run, nobody can use the key, and your data cannot be read. AWS holds no copy of the key material: a lost cluster without a backup is lost data.',
    next: 'Keep the key store connected, its cluster on two or more HSMs, and its backups. We take a disconnected store for an outage, never for a revocation.',
    details: storeDetails('AWS CloudHSM key store', key),
  };
}

function inExternalKeyStore(key: KeyMetadata): KeyRisk {
  return {
    outcome: 'warning',
    cause: 'external-key-store',
    summary:
      'The key lives outside AWS, in an external key store. Each use asks your own key manager through your proxy: while either does not answer, or the store is disconnected, your data cannot be read. AWS holds no copy of the key material, and cannot bring it back.',
    next: 'Keep proxy and key manager as available as the data has to be. We take their silence for an outage, never for a revocation.',
    details: storeDetails('External key store', key),
  };
}

function storeDetails(kind: string, key: KeyMetadata): KeyRisk['details'] {
  return [
    { label: 'Key store', value: `${kind} ${key.CustomKeyStoreId ?? ''}`.trim() },
    { label: 'Data key pair', value: 'Not possible in a custom key store' },
  ];
}

function imported(key: KeyMetadata, now: Date): KeyRisk {
  if (!key.ValidTo) {
    return {
      outcome: 'warning',
      cause: 'imported-material',
      summary:
        'You imported the material of this key. It does not expire, but it can be deleted, and AWS holds no copy that would outlive that: your data is then readable only after the same material was imported again.',
      next: 'Keep the key material in a safe place of your own, for as long as data lies under the key.',
      details: [],
    };
  }
  const left = Math.floor((key.ValidTo.getTime() - now.getTime()) / dayMs);
  const date = key.ValidTo.toISOString().slice(0, 10);
  if (key.ValidTo <= now) {
    return {
      outcome: 'failed',
      cause: 'material-expired',
      summary: `The imported material of this key expired on ${date}: AWS deletes it, and nothing can be read under the key then.`,
      next: 'Import the same key material again in AWS KMS, with a later date or none.',
      details: [{ label: 'Days left', value: '0' }],
    };
  }
  return {
    outcome: 'warning',
    cause: 'material-expires',
    summary: `The imported material of this key expires in ${days(left)}, on ${date}. AWS then deletes it, and your data cannot be read until you import the same material again.`,
    next: 'Import the same key material again before that date, or without one; keep it in a safe place of your own.',
    details: [{ label: 'Days left', value: String(left) }],
  };
}

function days(left: number): string {
  if (left === 0) return 'less than a day';
  return left === 1 ? '1 day' : `${left} days`;
}

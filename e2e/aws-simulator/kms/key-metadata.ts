import type { KmsKey } from '../world/types.ts';
import { algorithmsOf } from './key-specs.ts';
import { keyStateOf } from './key-states.ts';

/** KeyMetadata of https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html; dates in seconds. */
export function keyMetadata(key: KmsKey, nowMs: number): Record<string, unknown> {
  const state = keyStateOf(key, nowMs);
  const imported = key.origin === 'EXTERNAL' && state !== 'PendingImport';
  return {
    AWSAccountId: key.accountId,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: key.createdAt / 1000,
    Enabled: state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: state,
    Origin: key.origin,
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    ...algorithmsOf(key.spec, key.usage),
    MultiRegion: key.multiRegion,
    ...(key.multiRegion
      ? {
          MultiRegionConfiguration: {
            MultiRegionKeyType: 'PRIMARY',
            PrimaryKey: { Arn: key.arn, Region: key.region },
            ReplicaKeys: [],
          },
        }
      : {}),
    ...(key.deletionDate === undefined ? {} : { DeletionDate: key.deletionDate / 1000 }),
    ...(imported ? importMetadata(key) : {}),
    ...(key.customKeyStoreId === undefined ? {} : { CustomKeyStoreId: key.customKeyStoreId }),
    ...(key.xksKeyId === undefined ? {} : { XksKeyConfiguration: { Id: key.xksKeyId } }),
  };
}

function importMetadata(key: KmsKey): Record<string, unknown> {
  if (key.materialExpiresAt === undefined) return { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
  return { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: key.materialExpiresAt / 1000 };
}

import { randomBytes, randomUUID } from 'node:crypto';
import { AwsError } from './errors.ts';
import { storeKeyPolicy } from './kms/key-policies.ts';
import { isInCustomKeyStore } from './kms/key-states.ts';
import { partitionOfRegion } from './regions.ts';
import type { Simulator } from './simulator.ts';
import type { KmsKey } from './world/types.ts';
import { own, type World } from './world/world.ts';

/** Puts a key into a state that on AWS comes about elsewhere: at an AWS service, at an import, at a key store. */

/** A key as AWS itself makes one for a service, for instance `alias/aws/s3`: direct use is not allowed to anybody. */
export function createAwsManagedKey({ world }: Simulator, accountId: string, region: string, service: string): KmsKey {
  if (!/^[a-z0-9]{2,32}$/.test(service)) throw new AwsError('ValidationError', 'service is a name such as s3.');
  const id = randomUUID();
  const partition = partitionOfRegion(region);
  const now = world.clock();
  const key: KmsKey = {
    id,
    arn: `arn:${partition}:kms:${region}:${accountId}:key/${id}`,
    accountId,
    region,
    createdAt: now,
    description: `Default key that protects my ${service} data when no other key is defined`,
    manager: 'AWS',
    origin: 'AWS_KMS',
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    multiRegion: false,
    policy: storeKeyPolicy(world, awsManagedPolicy(accountId, region, service), partition),
    tags: {},
    enabled: true,
    // https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html: every year, and nobody can turn it off.
    rotation: { enabled: true, periodInDays: 365, enabledAt: now },
    material: randomBytes(32).toString('base64'),
    materialImported: false,
    connected: true,
  };
  const name = `alias/aws/${service}`;
  const arn = `arn:${partition}:kms:${region}:${accountId}:${name}`;
  if (own(world.state.aliases, arn)) throw new AwsError('AlreadyExistsException', `${arn} already exists`);
  world.state.keys[key.arn] = key;
  world.state.aliases[arn] = { name, arn, accountId, region, targetKeyArn: key.arn, createdAt: now, updatedAt: now };
  world.changed();
  return key;
}

/** Brings the imported material in (always the same one, as AWS demands), until `validTo` (milliseconds), or takes it out. */
export function setImportedMaterial(world: World, key: KmsKey, present: boolean, validTo?: number): void {
  if (key.origin !== 'EXTERNAL') {
    throw new AwsError(
      'UnsupportedOperationException',
      `${key.arn} origin is ${key.origin} which is not valid for this operation.`,
    );
  }
  key.materialImported = present;
  if (present && validTo !== undefined) key.materialExpiresAt = validTo;
  else delete key.materialExpiresAt;
  // https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html: an import leaves the key enabled.
  if (present) key.enabled = true;
  world.changed();
}

/** Connects or disconnects the key store that the key is in. */
export function setConnected(world: World, key: KmsKey, connected: boolean): void {
  if (!isInCustomKeyStore(key))
    throw new AwsError('UnsupportedOperationException', `${key.arn} is not in a custom key store.`);
  key.connected = connected;
  world.changed();
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk */
function awsManagedPolicy(accountId: string, region: string, service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Id: `auto-${service}-1`,
    Statement: [
      {
        Sid: 'Allow access through the service for all principals in the account',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        Resource: '*',
        Condition: {
          StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com`, 'kms:CallerAccount': accountId },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:${partitionOfRegion(region)}:iam::${accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
    ],
  });
}

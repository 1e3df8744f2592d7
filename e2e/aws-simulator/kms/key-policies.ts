import { AwsError } from '../errors.ts';
import { decide } from '../policy/decide.ts';
import { PolicyError, PolicyTooLong } from '../policy/policy-error.ts';
import { showPolicy, storePolicy } from '../policy/stored-policy.ts';
import { type Partition, partitionOfRegion } from '../regions.ts';
import type { KmsKey, StoredPolicy } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { authorizeOnKey, type KmsCall, type KmsOperation, keyContext } from './call.ts';
import { requestedKey } from './find-key.ts';
import { choice, flag, requiredText } from './input.ts';

/**
 * What a key without a policy of its own gets: the account's administrators decide by IAM.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function defaultKeyPolicy(accountId: string, partition: Partition = 'aws'): string {
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return JSON.stringify({ Version: '2012-10-17', Id: 'key-default-1', Statement: [statement] }, null, 2);
}

/** @throws AwsError MalformedPolicyDocumentException, LimitExceededException */
export function storeKeyPolicy(world: World, text: string, partition: Partition): StoredPolicy {
  try {
    return storePolicy(world, text, 'key', partition);
  } catch (error) {
    if (error instanceof PolicyTooLong) throw new AwsError('LimitExceededException', error.message);
    if (error instanceof PolicyError) throw new AwsError('MalformedPolicyDocumentException', error.message);
    throw error;
  }
}

/**
 * A new key policy must let its author put the next one.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html (BypassPolicyLockoutSafetyCheck)
 * @throws AwsError MalformedPolicyDocumentException
 */
export function checkLockout(call: KmsCall, key: KmsKey, policy: StoredPolicy): void {
  if (flag(call.input, 'BypassPolicyLockoutSafetyCheck')) return;
  const decision = decide(call.world, {
    caller: call.environment.caller,
    action: 'kms:PutKeyPolicy',
    resource: key.arn,
    resourceAccountId: key.accountId,
    resourcePolicy: { kind: 'key', policy },
    context: keyContext(call, key, { 'kms:BypassPolicyLockoutSafetyCheck': 'false' }),
  });
  if (!decision.allowed) {
    throw new AwsError(
      'MalformedPolicyDocumentException',
      'The new key policy will not allow you to update the key policy in the future.',
    );
  }
}

const getKeyPolicy: KmsOperation = {
  parameters: ['KeyId', 'PolicyName'],
  run(call) {
    choice(call.input, 'PolicyName', ['default']);
    const { key } = requestedKey(call, 'KeyId', 'no-alias');
    authorizeOnKey(call, key, 'GetKeyPolicy');
    return { Policy: showPolicy(call.world, key.policy), PolicyName: 'default' };
  },
};

const putKeyPolicy: KmsOperation = {
  parameters: ['KeyId', 'PolicyName', 'Policy', 'BypassPolicyLockoutSafetyCheck'],
  run(call) {
    choice(call.input, 'PolicyName', ['default']);
    const text = requiredText(call.input, 'Policy', { min: 1 });
    const bypass = String(flag(call.input, 'BypassPolicyLockoutSafetyCheck'));
    const { key } = requestedKey(call, 'KeyId', 'no-alias');
    authorizeOnKey(call, key, 'PutKeyPolicy', { 'kms:BypassPolicyLockoutSafetyCheck': bypass });
    const policy = storeKeyPolicy(call.world, text, partitionOfRegion(key.region));
    checkLockout(call, key, policy);
    key.policy = policy;
    call.world.changed();
    return {};
  },
};

export const KEY_POLICY_OPERATIONS: Readonly<Record<string, KmsOperation>> = {
  GetKeyPolicy: getKeyPolicy,
  PutKeyPolicy: putKeyPolicy,
};

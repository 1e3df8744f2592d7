import { AwsError } from '../errors.ts';
import type { KmsKey } from '../world/types.ts';
import { authorizeByIdentity, authorizeOnKey, type KmsCall, type KmsOperation } from './call.ts';
import { createKey } from './create-key.ts';
import { requestedKey } from './find-key.ts';
import { optionalInteger, requiredText } from './input.ts';
import { keyMetadata } from './key-metadata.ts';
import { type KindOfUse, keyStateOf, requireKeyState } from './key-states.ts';
import { page } from './page.ts';

const DAY_MS = 24 * 60 * 60_000;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html: works in every state of the key. */
const describeKey: KmsOperation = {
  parameters: ['KeyId'],
  run(call) {
    const { key, conditionValues } = requestedKey(call);
    authorizeOnKey(call, key, 'DescribeKey', conditionValues);
    return { KeyMetadata: keyMetadata(key, call.world.clock()) };
  },
};

const listKeys: KmsOperation = {
  parameters: ['Limit', 'Marker'],
  run(call) {
    authorizeByIdentity(call, '*', 'ListKeys');
    const { caller, region } = call.environment;
    const keys = Object.values(call.world.state.keys).filter(
      (key) => key.accountId === caller.accountId && key.region === region,
    );
    const { items, rest } = page(call.input, keys, 100, 1000);
    return { Keys: items.map((key) => ({ KeyId: key.id, KeyArn: key.arn })), ...rest };
  },
};

const enableKey = changing('EnableKey', 'switch', (key) => {
  key.enabled = true;
  return {};
});

const disableKey = changing('DisableKey', 'switch', (key) => {
  key.enabled = false;
  return {};
});

/**
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html: 7 to 30 days, 30 unless given. The key
 * is gone for good once they are over.
 */
const scheduleKeyDeletion: KmsOperation = {
  parameters: ['KeyId', 'PendingWindowInDays'],
  run(call) {
    const days = optionalInteger(call.input, 'PendingWindowInDays', 7, 30) ?? 30;
    const key = keyToChange(call, 'ScheduleKeyDeletion', 'manage', {
      'kms:ScheduleKeyDeletionPendingWindowInDays': String(days),
    });
    key.deletionDate = call.world.clock() + days * DAY_MS;
    key.pendingWindowInDays = days;
    call.world.changed();
    return {
      KeyId: key.arn,
      DeletionDate: key.deletionDate / 1000,
      KeyState: 'PendingDeletion',
      PendingWindowInDays: days,
    };
  },
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html: leaves the key disabled. */
const cancelKeyDeletion = changing('CancelKeyDeletion', 'cancel-deletion', (key) => {
  delete key.deletionDate;
  delete key.pendingWindowInDays;
  key.enabled = false;
  return { KeyId: key.arn };
});

/**
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html; that keys with imported material and keys
 * in a custom key store have no rotation status at all is in the table of key states.
 */
const getKeyRotationStatus: KmsOperation = {
  parameters: ['KeyId'],
  run(call) {
    const { key } = requestedKey(call, 'KeyId', 'no-alias');
    authorizeOnKey(call, key, 'GetKeyRotationStatus');
    if (key.origin !== 'AWS_KMS') throw unsupportedForOrigin(key);
    const { enabled, periodInDays, enabledAt } = key.rotation;
    // The rotation of a key that is pending deletion is off, and comes back when the deletion is cancelled.
    if (!enabled || enabledAt === undefined || keyStateOf(key, call.world.clock()) === 'PendingDeletion') {
      return { KeyId: key.arn, KeyRotationEnabled: false };
    }
    const next = (enabledAt + periodInDays * DAY_MS) / 1000;
    return { KeyId: key.arn, KeyRotationEnabled: true, RotationPeriodInDays: periodInDays, NextRotationDate: next };
  },
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html: 90 to 2560 days, 365 unless given. */
const enableKeyRotation: KmsOperation = {
  parameters: ['KeyId', 'RotationPeriodInDays'],
  run(call) {
    const periodInDays = optionalInteger(call.input, 'RotationPeriodInDays', 90, 2560) ?? 365;
    const key = keyToChange(call, 'EnableKeyRotation', 'rotation');
    requireRotatable(key);
    key.rotation = { enabled: true, periodInDays, enabledAt: call.world.clock() };
    call.world.changed();
    return {};
  },
};

const disableKeyRotation = changing('DisableKeyRotation', 'rotation', (key) => {
  requireRotatable(key);
  key.rotation = { enabled: false, periodInDays: key.rotation.periodInDays };
  return {};
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateKeyDescription.html */
const updateKeyDescription: KmsOperation = {
  parameters: ['KeyId', 'Description'],
  run(call) {
    const description = requiredText(call.input, 'Description', { max: 8192 });
    const key = keyToChange(call, 'UpdateKeyDescription', 'manage');
    key.description = description;
    call.world.changed();
    return {};
  },
};

export const KEY_OPERATIONS: Readonly<Record<string, KmsOperation>> = {
  UpdateKeyDescription: updateKeyDescription,
  CreateKey: createKey,
  DescribeKey: describeKey,
  ListKeys: listKeys,
  EnableKey: enableKey,
  DisableKey: disableKey,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  CancelKeyDeletion: cancelKeyDeletion,
  GetKeyRotationStatus: getKeyRotationStatus,
  EnableKeyRotation: enableKeyRotation,
  DisableKeyRotation: disableKeyRotation,
};

/** An operation that takes a KeyId, changes that key, and saves. */
function changing(action: string, use: KindOfUse, change: (key: KmsKey) => object): KmsOperation {
  return {
    parameters: ['KeyId'],
    run(call) {
      const answer = change(keyToChange(call, action, use));
      call.world.changed();
      return answer;
    },
  };
}

/** These operations take a key ID or a key ARN, but no alias. */
function keyToChange(call: KmsCall, action: string, use: KindOfUse, values: Record<string, string> = {}): KmsKey {
  const { key } = requestedKey(call, 'KeyId', 'no-alias');
  authorizeOnKey(call, key, action, values);
  requireKeyState(key, use, call.world.clock());
  return key;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html: symmetric keys whose material KMS made. */
function requireRotatable(key: KmsKey): void {
  if (key.origin !== 'AWS_KMS') throw unsupportedForOrigin(key);
  if (key.spec === 'SYMMETRIC_DEFAULT') return;
  throw new AwsError(
    'UnsupportedOperationException',
    `${key.arn} key spec is ${key.spec} which is not valid for this operation.`,
  );
}

function unsupportedForOrigin(key: KmsKey): AwsError {
  return new AwsError(
    'UnsupportedOperationException',
    `${key.arn} origin is ${key.origin} which is not valid for this operation.`,
  );
}

import { randomBytes, randomUUID } from 'node:crypto';
import { partitionOfRegion } from '../regions.ts';
import type { KeyOrigin, KeyUsage, KmsKey } from '../world/types.ts';
import { authorizeByIdentity, type KmsCall, type KmsOperation } from './call.ts';
import { choice, flag, optionalText, validation } from './input.ts';
import { keyMetadata } from './key-metadata.ts';
import { checkLockout, defaultKeyPolicy, storeKeyPolicy } from './key-policies.ts';
import { checkSpec } from './key-specs.ts';
import { isInCustomKeyStore } from './key-states.ts';
import { parseTags, requestTagValues } from './tags.ts';

const ORIGINS: readonly KeyOrigin[] = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];
const USAGES: readonly KeyUsage[] = ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'];

/**
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html
 * A key of Origin EXTERNAL begins as PendingImport; custom key stores are only names that the key carries.
 */
export const createKey: KmsOperation = {
  parameters:
    'Policy Description KeyUsage CustomerMasterKeySpec KeySpec Origin CustomKeyStoreId XksKeyId BypassPolicyLockoutSafetyCheck Tags MultiRegion'.split(
      ' ',
    ),
  run(call) {
    const key = newKey(call);
    const wanted = requestTagValues(key.tags);
    authorizeByIdentity(call, '*', 'CreateKey', {
      'kms:KeySpec': key.spec,
      'kms:KeyUsage': key.usage,
      'kms:KeyOrigin': key.origin,
      'kms:MultiRegion': String(key.multiRegion),
      'kms:BypassPolicyLockoutSafetyCheck': String(flag(call.input, 'BypassPolicyLockoutSafetyCheck')),
      ...wanted,
    });
    // https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html (Tags): needs kms:TagResource in an IAM policy.
    if (Object.keys(key.tags).length > 0) authorizeByIdentity(call, '*', 'TagResource', wanted);
    const text = optionalText(call.input, 'Policy') ?? defaultKeyPolicy(key.accountId, partitionOfRegion(key.region));
    key.policy = storeKeyPolicy(call.world, text, partitionOfRegion(key.region));
    checkLockout(call, key, key.policy);
    call.world.state.keys[key.arn] = key;
    call.touched.push(key);
    call.world.changed();
    return { KeyMetadata: keyMetadata(key, call.world.clock()) };
  },
};

/** The key as the request describes it, not yet part of the world. */
function newKey(call: KmsCall): KmsKey {
  const { input, environment } = call;
  const { region, caller } = environment;
  const spec = optionalText(input, 'KeySpec') ?? optionalText(input, 'CustomerMasterKeySpec') ?? 'SYMMETRIC_DEFAULT';
  const usage = checkSpec(spec, choice(input, 'KeyUsage', USAGES));
  const multiRegion = flag(input, 'MultiRegion');
  const id = multiRegion ? `mrk-${randomBytes(16).toString('hex')}` : randomUUID();
  const customKeyStoreId = optionalText(input, 'CustomKeyStoreId', { min: 1, max: 64 });
  const xksKeyId = optionalText(input, 'XksKeyId', { pattern: /^[\w:.-]{1,128}$/ });
  const symmetric = spec === 'SYMMETRIC_DEFAULT';
  const key: KmsKey = {
    id,
    arn: `arn:${partitionOfRegion(region)}:kms:${region}:${caller.accountId}:key/${id}`,
    accountId: caller.accountId,
    region,
    createdAt: call.world.clock(),
    description: optionalText(input, 'Description', { max: 8192 }) ?? '',
    manager: 'CUSTOMER',
    origin: choice(input, 'Origin', ORIGINS) ?? 'AWS_KMS',
    spec,
    usage,
    multiRegion,
    ...(customKeyStoreId === undefined ? {} : { customKeyStoreId }),
    ...(xksKeyId === undefined ? {} : { xksKeyId }),
    policy: { text: '', principalIds: {} },
    tags: parseTags(input),
    enabled: true,
    rotation: { enabled: false, periodInDays: 365 },
    ...(symmetric ? { material: randomBytes(32).toString('base64') } : {}),
    materialImported: false,
    connected: true,
  };
  checkOrigin(key);
  return key;
}

function checkOrigin(key: KmsKey): void {
  if (isInCustomKeyStore(key) !== (key.customKeyStoreId !== undefined)) {
    throw validation('CustomKeyStoreId goes with Origin AWS_CLOUDHSM or EXTERNAL_KEY_STORE, and with no other.');
  }
  if ((key.origin === 'EXTERNAL_KEY_STORE') !== (key.xksKeyId !== undefined)) {
    throw validation('XksKeyId goes with Origin EXTERNAL_KEY_STORE, and with no other.');
  }
  if (isInCustomKeyStore(key) && (key.spec !== 'SYMMETRIC_DEFAULT' || key.multiRegion)) {
    throw validation('A key in a custom key store is symmetric and of one region.');
  }
}

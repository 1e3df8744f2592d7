import { AwsError } from '../errors.ts';
import { decide } from '../policy/decide.ts';
import { type CallEnvironment, requestContext } from '../policy/request-context.ts';
import type { KmsKey } from '../world/types.ts';
import type { World } from '../world/world.ts';
import type { Input } from './input.ts';

/** One call of a KMS operation, by whoever made it. */
export interface KmsCall {
  world: World;
  environment: CallEnvironment;
  input: Input;
  /** Keys that the call turned out to be about; the log of calls names them. */
  touched: KmsKey[];
}

export interface KmsOperation {
  /** Request members that the operation takes; any other is refused. */
  parameters: readonly string[];
  run(call: KmsCall): object | Promise<object>;
}

type ConditionValues = Readonly<Record<string, string | readonly string[] | undefined>>;

/** "Cross-account use: Yes" in https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html */
const ACROSS_ACCOUNTS = new Set(
  'Decrypt DescribeKey Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext GetKeyRotationStatus ReEncryptFrom ReEncryptTo'.split(
    ' ',
  ),
);

/** @throws AwsError AccessDeniedException unless the key policy and the caller's policies allow `action` on this key. */
export function authorizeOnKey(call: KmsCall, key: KmsKey, action: string, values: ConditionValues = {}): void {
  call.touched.push(key);
  const { caller } = call.environment;
  if (caller.accountId !== key.accountId && !ACROSS_ACCOUNTS.has(action)) {
    throw accessDenied(call, action, key.arn, 'because the operation is not allowed across accounts');
  }
  const decision = decide(call.world, {
    caller,
    action: `kms:${action}`,
    resource: key.arn,
    resourceAccountId: key.accountId,
    resourcePolicy: { kind: 'key', policy: key.policy },
    context: keyContext(call, key, values),
  });
  if (!decision.allowed) throw accessDenied(call, action, key.arn, decision.reason);
}

/** For what has no key policy of its own: aliases, and operations on no resource (`*`). */
export function authorizeByIdentity(
  call: KmsCall,
  resource: string,
  action: string,
  values: ConditionValues = {},
): void {
  const { caller } = call.environment;
  const decision = decide(call.world, {
    caller,
    action: `kms:${action}`,
    resource,
    resourceAccountId: caller.accountId,
    context: requestContext(call.environment, caller.accountId, { 'kms:CallerAccount': caller.accountId, ...values }),
  });
  if (!decision.allowed) throw accessDenied(call, action, resource, decision.reason);
}

/** The request context of a call on a key. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html */
export function keyContext(call: KmsCall, key: KmsKey, values: ConditionValues) {
  const aliases = Object.values(call.world.state.aliases).filter((alias) => alias.targetKeyArn === key.arn);
  return requestContext(call.environment, key.accountId, {
    'kms:CallerAccount': call.environment.caller.accountId,
    'kms:KeySpec': key.spec,
    'kms:KeyUsage': key.usage,
    'kms:KeyOrigin': key.origin,
    'kms:MultiRegion': String(key.multiRegion),
    'kms:ResourceAliases': aliases.map((alias) => alias.name),
    ...values,
  });
}

/** The condition keys of a call that carries an encryption context. */
export function encryptionContextValues(context: Readonly<Record<string, string>>): ConditionValues {
  return {
    'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    'kms:EncryptionContextKeys': Object.keys(context),
    ...Object.fromEntries(Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value])),
  };
}

function accessDenied(call: KmsCall, action: string, resource: string, reason: string): AwsError {
  const { arn } = call.environment.caller;
  return new AwsError(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: kms:${action} on resource: ${resource} ${reason}`,
  );
}

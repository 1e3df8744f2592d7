import type { FaultTarget } from './faults.ts';
import { parseBlob } from './kms/ciphertext-blob.ts';
import type { ServiceRequest } from './wire.ts';
import type { World } from './world/world.ts';

/** Which key and account a request is about, as far as can be told before anybody has checked it. */
export function faultTargetOf(world: World, { service, action, input }: ServiceRequest): FaultTarget {
  if (service === 'iam') return { service, action, keyIds: [], accountId: undefined, context: {} };
  if (service === 'sts') {
    const accountId = /^arn:[a-z-]+:iam::(\d{12}):/.exec(input.RoleArn ?? '')?.[1];
    return { service, action, keyIds: [], accountId, context: {} };
  }
  const context = (input.EncryptionContext ?? {}) as Record<string, unknown>;
  const named = input.KeyId ?? input.TargetKeyId ?? input.SourceKeyId ?? keyOfBlob(input.CiphertextBlob);
  if (typeof named !== 'string') return { service, action, keyIds: [], accountId: undefined, context };
  const alias = Object.values(world.state.aliases).find(({ arn, name }) => arn === named || name === named);
  const keyName = alias ? alias.targetKeyArn : named;
  const key = Object.values(world.state.keys).find(({ arn, id }) => arn === keyName || id === keyName);
  return {
    service,
    action,
    keyIds: [named, ...(alias ? [alias.name, alias.arn] : []), ...(key ? [key.id, key.arn] : [])],
    context,
    accountId: key?.accountId ?? /^arn:[a-z-]+:kms:[^:]*:(\d{12}):/.exec(named)?.[1],
  };
}

function keyOfBlob(blob: unknown): string | undefined {
  return typeof blob === 'string' ? parseBlob(Buffer.from(blob, 'base64'))?.keyArn : undefined;
}

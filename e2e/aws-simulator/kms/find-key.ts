import { AwsError } from '../errors.ts';
import { PARTITIONS, partitionOfRegion } from '../regions.ts';
import type { Alias, KmsKey } from '../world/types.ts';
import { findKey, own } from '../world/world.ts';
import type { KmsCall } from './call.ts';
import { requiredText } from './input.ts';

const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const ARN = new RegExp(`^arn:(?:${PARTITIONS}):kms:([a-z0-9-]+):(\\d{12}):(key/.+|alias/.+)$`);

export interface FoundKey {
  key: KmsKey;
  /** `kms:RequestAlias` where the request named the key by an alias. */
  conditionValues: Record<string, string>;
}

/**
 * The key that a request names by key ID, key ARN, alias name or alias ARN, in the region that the request was signed for.
 * https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 * @throws AwsError NotFoundException, InvalidArnException
 */
export function requestedKey(call: KmsCall, parameter = 'KeyId', accept: 'any' | 'no-alias' = 'any'): FoundKey {
  const name = requiredText(call.input, parameter, { min: 1, max: 2048 });
  const arn = toArn(call, name);
  const alias = /:alias\//.test(arn) ? findAlias(call, arn) : undefined;
  if (alias && accept === 'no-alias') throw notFound(`Invalid keyId '${name}'`);
  const keyArn = alias ? alias.targetKeyArn : arn;
  const key = findKey(call.world, keyArn);
  if (!key) throw notFound(`Key '${keyArn}' does not exist`);
  return { key, conditionValues: alias ? { 'kms:RequestAlias': alias.name } : {} };
}

/** @throws AwsError NotFoundException */
export function findAlias(call: KmsCall, aliasArn: string): Alias {
  const alias = own(call.world.state.aliases, aliasArn);
  if (!alias) throw notFound(`Alias ${aliasArn} is not found.`);
  return alias;
}

export function aliasArnOf(call: KmsCall, aliasName: string): string {
  const { region, caller } = call.environment;
  return `arn:${partitionOfRegion(region)}:kms:${region}:${caller.accountId}:${aliasName}`;
}

function toArn(call: KmsCall, name: string): string {
  const { region, caller } = call.environment;
  if (name.startsWith('arn:')) {
    const match = ARN.exec(name);
    if (!match) throw new AwsError('InvalidArnException', `Invalid arn ${name}`);
    if (match[1] !== region) throw notFound(`Invalid arn ${match[1]}`);
    return name;
  }
  if (name.startsWith('alias/')) return aliasArnOf(call, name);
  if (KEY_ID.test(name)) {
    return `arn:${partitionOfRegion(region)}:kms:${region}:${caller.accountId}:key/${name}`;
  }
  throw notFound(`Invalid keyId '${name}'`);
}

function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message);
}

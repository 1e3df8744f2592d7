/**
 * Amazon Resource Names, parsed once at the edge into branded types: whoever holds a `KeyArn` or a `RoleArn` need not
 * check it again. Every part is checked (partition, service, region, account, resource); where the text is a sound
 * name of something else, the message says what it is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */

import { oddCharacterProblem, withoutOddCharacters } from '../odd-characters.ts';
import { isReservedSession, kindOf, reservedRole, short } from './arn-kinds.ts';
import {
  isKnownRegion,
  isPartition,
  type Partition,
  partitionOf,
  type Region,
  unsupportedPartition,
} from './regions.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type KeyArn = Branded<'KeyArn'>;
export type AliasArn = Branded<'AliasArn'>;
export type RoleArn = Branded<'RoleArn'>;
export type AccountId = Branded<'AccountId'>;

export type KeyName = {
  kind: 'key';
  arn: KeyArn;
  partition: Partition;
  region: Region;
  accountId: AccountId;
  keyId: string;
};
export type AliasName = {
  kind: 'alias';
  arn: AliasArn;
  partition: Partition;
  region: Region;
  accountId: AccountId;
  /** With its prefix: `alias/byok-prod`. */
  aliasName: string;
};
export type RoleName = {
  kind: 'role';
  arn: RoleArn;
  partition: Partition;
  accountId: AccountId;
  /** Without its path. */
  roleName: string;
  /** `/` or `/team/`. */
  path: string;
};

export type ArnReason =
  | 'empty'
  | 'not-an-arn'
  | 'wrong-kind'
  | 'odd-character'
  | 'unknown-partition'
  | 'unsupported-partition'
  | 'unknown-region'
  | 'partition-mismatch'
  | 'bad-account'
  | 'bad-resource'
  | 'needs-region'
  | 'aws-managed';

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: ArnReason; message: string };

/** The ARN of a key itself: `arn:aws:kms:REGION:ACCOUNT:key/ID`. An alias ARN is refused as the wrong kind. */
export function parseKeyArn(text: string): Parsed<KeyName> {
  const parsed = parseKeyReference(text);
  if (!parsed.ok) return parsed;
  return parsed.value.kind === 'key'
    ? { ok: true, value: parsed.value }
    : refuse('wrong-kind', 'This is an alias ARN; paste the ARN of the key that it names.');
}

/**
 * What an administrator may paste as Provider ARN: a key ARN, an alias ARN, or a bare key ID. A bare key ID is
 * completed with `within`, and refused as `needs-region` where that is missing.
 */
export function parseKeyReference(
  text: string,
  within?: { region: string; accountId: string },
): Parsed<KeyName | AliasName> {
  const trimmed = text.trim();
  if (trimmed === '') return refuse('empty', 'Paste the ARN of your KMS key.');
  if (isKeyId(trimmed)) return completeKeyId(trimmed, within);
  const odd = oddCharacterIn(trimmed);
  if (odd) return refuse('odd-character', odd);
  const capital = capitalIn(trimmed);
  if (capital) return refuse('bad-resource', capital);
  const large = capitalBefore(trimmed);
  if (large) return refuse('not-an-arn', large);
  const split = splitArn(trimmed, 'Paste the full ARN of your KMS key. It begins with arn:aws:kms:.');
  if (!split.ok) return split;
  const { partition, service, region, account, resource } = split.value;
  if (service !== 'kms') return refuse('wrong-kind', `This is ${kindOf(service, resource)}; paste the key’s ARN.`);
  if (!isKnownRegion(region)) {
    const foreign = unsupportedPartition({ region });
    if (foreign)
      return refuse('unsupported-partition', `The region ${region} is of ${foreign}, which is not supported here.`);
    return refuse(
      'unknown-region',
      region === '' ? 'The ARN names no region.' : `There is no AWS region named “${short(region)}”.`,
    );
  }
  if (partitionOf(region) !== partition) {
    return refuse(
      'partition-mismatch',
      `The region ${region} belongs to the partition ${partitionOf(region)}, not ${partition}.`,
    );
  }
  if (!isAccountId(account)) return refuse('bad-account', 'The AWS account ID in the ARN must have 12 digits.');
  return keyResource({ arn: trimmed, partition, region, accountId: account, resource });
}

/** The ARN of an IAM role: `arn:aws:iam::ACCOUNT:role/PATH/NAME`. Users, root, sessions and policies are named. */
export function parseRoleArn(text: string): Parsed<RoleName> {
  const trimmed = text.trim();
  if (trimmed === '') return refuse('empty', 'Paste the ARN of the IAM role that Keyward should assume.');
  // IAM would let a role's name end in a comma or a full stop; what was copied from a text does far more often.
  const odd = oddCharacterIn(trimmed);
  if (odd) return refuse('odd-character', odd);
  const large = capitalBefore(trimmed);
  if (large) return refuse('not-an-arn', large);
  const split = splitArn(trimmed, 'Paste the full ARN of the role. It begins with arn:aws:iam::.');
  if (!split.ok) return split;
  const { partition, service, region, account, resource } = split.value;
  if (service === 'iam' && resource.startsWith('role/aws-reserved/'))
    return refuse('wrong-kind', reservedRole(resource));
  if (isReservedSession(service, resource)) {
    return refuse(
      'wrong-kind',
      `This is ${kindOf(service, resource)}; AWS manages its role, whose trust policy can’t be changed. Create a role of your own and paste its ARN.`,
    );
  }
  const isRole = service === 'iam' && resource.startsWith('role/') && !resource.startsWith('role/aws-service-role/');
  if (!isRole) return refuse('wrong-kind', `This is ${kindOf(service, resource)}; paste the role’s ARN.`);
  if (region !== '')
    return refuse('bad-resource', 'An IAM role has no region: its ARN begins with arn:aws:iam:: and the account ID.');
  if (!isAccountId(account)) return refuse('bad-account', 'The AWS account ID in the ARN must have 12 digits.');
  const parts = /^role(\/|\/[\x21-\x2e\x30-\x7e][\x21-\x7e]{0,509}\/)([\w+=,.@-]{1,64})$/.exec(resource);
  const [, path, roleName] = parts ?? [];
  if (path === undefined || roleName === undefined) {
    return refuse('bad-resource', 'The role’s name may have letters, digits and + = , . @ _ - only, 64 at most.');
  }
  return { ok: true, value: { kind: 'role', arn: trimmed as RoleArn, partition, accountId: account, roleName, path } };
}

export function isAccountId(text: string): text is AccountId {
  return /^\d{12}$/.test(text);
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-id (multi-Region keys: mrk-). */
export function isKeyId(text: string): boolean {
  return /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/.test(text);
}

export function isRoleName(text: string): boolean {
  return /^[\w+=,.@-]{1,64}$/.test(text);
}

export function roleArnOf(partition: Partition, accountId: AccountId, roleName: string): RoleArn {
  return `arn:${partition}:iam::${accountId}:role/${roleName}` as RoleArn;
}

function keyResource(arn: {
  arn: string;
  partition: Partition;
  region: Region;
  accountId: AccountId;
  resource: string;
}): Parsed<KeyName | AliasName> {
  const { resource, ...rest } = arn;
  if (resource.startsWith('key/')) {
    const keyId = resource.slice('key/'.length);
    if (!isKeyId(keyId))
      return refuse('bad-resource', capitalIn(keyId) ?? 'The key ID at the end of the ARN is not complete.');
    return { ok: true, value: { kind: 'key', ...rest, arn: rest.arn as KeyArn, keyId } };
  }
  if (resource.startsWith('alias/')) {
    if (!/^alias\/[a-zA-Z0-9/_-]{1,250}$/.test(resource))
      return refuse('bad-resource', 'The alias at the end of the ARN is not complete.');
    if (resource.startsWith('alias/aws/'))
      return refuse('aws-managed', 'This key is managed by AWS; a customer managed key is needed.');
    return { ok: true, value: { kind: 'alias', ...rest, arn: rest.arn as AliasArn, aliasName: resource } };
  }
  return refuse('wrong-kind', 'This is an ARN of something else in KMS; paste the key’s ARN, which has :key/ in it.');
}

function completeKeyId(keyId: string, within?: { region: string; accountId: string }): Parsed<KeyName> {
  if (!within || !isKnownRegion(within.region) || !isAccountId(within.accountId)) {
    return refuse(
      'needs-region',
      'A key ID alone does not say where the key is. Choose AWS Region and AWS Account ID first, or paste the full ARN.',
    );
  }
  const partition = partitionOf(within.region);
  const arn = `arn:${partition}:kms:${within.region}:${within.accountId}:key/${keyId}` as KeyArn;
  return {
    ok: true,
    value: { kind: 'key', arn, partition, region: within.region, accountId: within.accountId, keyId },
  };
}

type ArnParts = { partition: Partition; service: string; region: string; account: string; resource: string };

function splitArn(text: string, hint: string): Parsed<ArnParts> {
  const [prefix, partition, service, region, account, ...resource] = text.split(':');
  if (
    prefix !== 'arn' ||
    partition === undefined ||
    service === undefined ||
    region === undefined ||
    account === undefined
  ) {
    return refuse('not-an-arn', `This is not an ARN. ${hint}`);
  }
  if (resource.length === 0 || /[^\x21-\x7e]/.test(text))
    return refuse('not-an-arn', `This is not a complete ARN. ${hint}`);
  const foreign = unsupportedPartition({ partition });
  if (foreign)
    return refuse('unsupported-partition', `The partition ${partition} is ${foreign}, which is not supported here.`);
  if (!isPartition(partition))
    return refuse('unknown-partition', `There is no AWS partition named “${short(partition)}”.`);
  return { ok: true, value: { partition, service, region, account, resource: resource.join(':') } };
}

/** What came along with an ARN or a key ID; undefined also for what is neither, which is then told to be none. */
function oddCharacterIn(text: string): string | undefined {
  const problem = oddCharacterProblem(text);
  if (!problem) return undefined;
  const meant = withoutOddCharacters(text);
  return /^arn:/i.test(meant) || isKeyId(meant.toLowerCase()) ? problem : undefined;
}

/** KMS writes key IDs in small letters, and finds no other. */
function capitalIn(keyId: string): string | undefined {
  if (!isKeyId(keyId.toLowerCase())) return undefined;
  const [capital] = /[A-Z]/.exec(keyId) ?? [];
  return capital
    ? `The key ID has a capital “${capital}”; key IDs have small letters only. Copy it again from AWS KMS.`
    : undefined;
}

/** What stands before the account is in small letters, in every ARN. A word that is none in small letters either is told as such. */
function capitalBefore(text: string): string | undefined {
  const [prefix = '', partition = '', service = '', region = ''] = text.split(':');
  if (prefix.toLowerCase() !== 'arn') return undefined;
  const meant = [
    prefix,
    service,
    ...(isPartition(partition.toLowerCase()) ? [partition] : []),
    ...(isKnownRegion(region.toLowerCase()) ? [region] : []),
  ];
  const part = meant.find((one) => /[A-Z]/.test(one));
  return part === undefined
    ? undefined
    : `There are capitals in “${short(part)}”; an ARN has small letters there. Write “${short(part.toLowerCase())}”, or copy it again from AWS.`;
}

function refuse(reason: ArnReason, message: string): { ok: false; reason: ArnReason; message: string } {
  return { ok: false, reason, message };
}

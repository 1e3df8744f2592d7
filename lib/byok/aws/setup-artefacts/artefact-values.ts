/**
 * What every format of the setup artefacts is filled with, and the names that are derived from it. Alias, description and
 * the tenant's name are free text: whatever they hold, they come out of here as one harmless line.
 */
import type { PolicyShape } from '../policy-shape.ts';
import type { Partition, Region } from '../regions.ts';
import { keysBeside, type StandingUse } from '../standing-uses.ts';

export type ArtefactValues = {
  tenant: { id: string; name: string };
  /** The enterprise key that the artefacts are for, as it is known in Keyward. */
  key: { id: string; alias: string; description: string };
  partition: Partition;
  region: Region;
  role: {
    accountId: string;
    arn: string;
    name: string;
    /** `/` or `/team/`. */
    path: string;
  };
  /** The CMK that is there already; null where the artefacts make one, in the role's account. */
  cmk: { arn: string; accountId: string } | null;
  serviceRoleArn: string;
  externalId: string;
  /** How the customer wants the policies written. */
  shape: PolicyShape;
  /** Whether the role may have data key pairs made, for the test. */
  dataKeyPair: boolean;
  /** Which other keys, roles and service roles are in use: the policies name them too. */
  inUse: readonly StandingUse[];
};

/** The tag by which a key that artefacts made is found again, whatever became of its alias; its value is `setUpId`. */
export const keyTag = 'keyward:set-up';

/** Tells the enterprise keys of an account apart, in names of AWS that do not change when words are changed. */
export function setUpId(values: ArtefactValues): string {
  return shortId(values) || 'key';
}

/**
 * The name of the permission policy inside the role. A role may serve several enterprise keys, and a policy of the same name
 * would be replaced: the other key would be cut off.
 */
export function permissionPolicyName(values: ArtefactValues): string {
  return `KeywardUsesKey-${setUpId(values)}`;
}

/** Keys that data still hangs on, beside the one that the artefacts are for: its role's permission policy has to name them. */
export function keysInUse({ inUse, role, cmk }: ArtefactValues): string[] {
  return keysBeside(inUse, role.arn, cmk?.arn ?? null);
}

/**
 * The name in AWS of a CMK that the artefacts make: `alias/keyward-production-0a1b2c3d`. The end is the enterprise key's own,
 * so that two of them never share a CMK by having similar names.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html (letters, digits, / _ -)
 */
export function cmkAliasName(values: ArtefactValues): string {
  return `alias/${keyLabel(values)}`;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html (letters, digits, -) */
export function stackName(values: ArtefactValues): string {
  return keyLabel(values);
}

/**
 * Begins with a word of ours, so that it is never read as the address of a file (the AWS CLI loads `file://…`). Two
 * braces would make CloudFormation look a value up (`{{resolve:…}}`), so they never stand together.
 */
export function cmkDescription(values: ArtefactValues): string {
  const { alias, description } = values.key;
  const words = oneLine([`Keyward, ${values.tenant.name}`, alias, description].filter(Boolean).join(': '));
  return words
    .replace(/\{(?=\{)/g, '{ ')
    .slice(0, 1_000)
    .toWellFormed();
}

/** Free text for a comment or a heading: no line break, no control character, nothing that turns text around. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
}

/** `keyward-acme-production-set-up.sh`: says whose it is, and for which key. */
export function artefactFileName(values: ArtefactValues, ending: string): string {
  const parts = ['keyward', slug(values.tenant.name), slug(values.key.alias) || shortId(values)];
  return [...parts.filter(Boolean), ending].join('-');
}

function keyLabel(values: ArtefactValues): string {
  return ['keyward', slug(values.key.alias), shortId(values)].filter(Boolean).join('-');
}

function shortId(values: ArtefactValues): string {
  return values.key.id.replace(/[^0-9a-z]/gi, '').slice(0, 8);
}

/** Lower-case letters, digits and single hyphens; empty where nothing of the kind is in it. */
function slug(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase();
  const words = plain.replace(/\p{M}+/gu, '').replace(/[^a-z0-9]+/g, '-');
  return words.slice(0, 40).replace(/^-+|-+$/g, '');
}

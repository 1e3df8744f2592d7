/** What is wrong with what was entered to connect a key: a sentence by field. No schema is needed for it. */
import { oddCharacterProblem } from '../odd-characters.ts';
import { type AliasName, type KeyName, parseKeyReference, parseRoleArn, type RoleName } from './arn.ts';
import { isKnownRegion, partitionOf } from './regions.ts';

/** One of a field; each may have several, the first of which counts. */
export type Problem<Field extends string> = { field: Field; message: string };

/**
 * The two ARNs, for their region and account. A key in another account than the role's is allowed here (the test warns of it); a key
 * in another region than the one chosen, or another partition, is not. `vendorAccountId`, where known: ARNs in the vendor's own
 * account are refused. `createsKey`: Keyward is to create the key where none is named.
 */
export function roleProblemsOf(
  given: { keyArn: string; roleArn: string },
  chosen: { region: string; accountId: string; vendorAccountId?: string; createsKey?: boolean },
): Problem<'keyArn' | 'roleArn'>[] {
  const role = parseRoleArn(given.roleArn);
  const ofRole = role.ok ? roleProblems(role.value, chosen) : [role.message];
  return [...keyProblemsOf(given.keyArn, chosen), ...ofRole.map((message) => ({ field: 'roleArn' as const, message }))];
}

/**
 * An access key and the key. Without `secret` the stored one stays, which is of the access key ID `storedFor` (empty without one);
 * only AWS knows whether a secret is right. `keyArn` is a key ID, a key ARN or an alias ARN.
 */
export function accessKeyProblemsOf(
  given: { keyArn: string; accessKeyId: string; secret: string },
  chosen: { region: string; vendorAccountId?: string; storedFor: string; createsKey?: boolean },
): Problem<'keyArn' | 'accessKeyId' | 'secret'>[] {
  const ofId = accessKeyIdProblem(given.accessKeyId);
  const ofSecret = secretProblem(given, chosen.storedFor);
  return [
    ...(ofId ? [{ field: 'accessKeyId' as const, message: ofId }] : []),
    ...(ofSecret ? [{ field: 'secret' as const, message: ofSecret }] : []),
    // A bare key ID is completed once AWS has told the account.
    ...keyProblemsOf(given.keyArn, { ...chosen, accountId: unknownAccount }),
  ];
}

function keyProblemsOf(
  keyArn: string,
  chosen: { region: string; accountId: string; vendorAccountId?: string; createsKey?: boolean },
): Problem<'keyArn'>[] {
  if (chosen.createsKey === true && keyArn === '') return [];
  const key = parseKeyReference(keyArn, chosen);
  const found = key.ok ? keyProblems(key.value, chosen) : [key.message];
  return found.map((message) => ({ field: 'keyArn', message }));
}

function secretProblem(given: { accessKeyId: string; secret: string }, storedFor: string): string | undefined {
  if (given.secret === '') {
    if (storedFor !== '' && storedFor === given.accessKeyId) return undefined;
    return 'Paste the secret access key that belongs to this access key ID.';
  }
  if (/^[A-Za-z0-9/+=]{20,256}$/.test(given.secret)) return undefined;
  return 'A secret access key has only letters, digits, / and +. Copy it again from AWS.';
}

/**
 * Why this cannot be the access key ID of a user; undefined where it can: AKIA, then capital letters and digits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function accessKeyIdProblem(text: string): string | undefined {
  if (text === '') return 'Paste the access key ID.';
  if (text.startsWith('ASIA')) {
    return 'This is the access key of a temporary session. Use one of an IAM user, which begins with AKIA.';
  }
  if (/^AKIA[A-Z0-9]{12,124}$/.test(text)) return undefined;
  return oddCharacterProblem(text) ?? 'An access key ID begins with AKIA and has only capital letters and digits.';
}

/** Stands for the account of a bare key ID while AWS has not told it; AWS gives no account this number. */
export const unknownAccount = '000000000000';

/** Why this key cannot be used with what was chosen; empty when it can. */
export function keyProblems(key: KeyName | AliasName, chosen: { region: string; vendorAccountId?: string }): string[] {
  const problems: string[] = [];
  if (key.region !== chosen.region) {
    problems.push(`This key is in ${key.region}; the AWS Region chosen is ${chosen.region}.`);
  }
  if (key.accountId === chosen.vendorAccountId)
    problems.push('This key is in the vendor’s own AWS account; use a key of yours.');
  return problems;
}

/** Why this role cannot be used with what was chosen; empty when it can. */
export function roleProblems(role: RoleName, chosen: { region: string; vendorAccountId?: string }): string[] {
  const problems: string[] = [];
  if (isKnownRegion(chosen.region) && role.partition !== partitionOf(chosen.region)) {
    problems.push(
      `This role is in the partition ${role.partition}; the region ${chosen.region} is in ${partitionOf(chosen.region)}.`,
    );
  }
  if (role.accountId === chosen.vendorAccountId)
    problems.push('This role is in the vendor’s own AWS account; use a role of yours.');
  return problems;
}

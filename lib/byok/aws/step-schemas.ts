/** What the wizard's steps take to connect a key in AWS KMS, and what is wrong with it, a sentence beside each field. */

import { aliasSchema, descriptionSchema } from '../key-words.ts';
import { tagsSchema } from '../labels.ts';
import { oddCharacterProblem } from '../odd-characters.ts';
import * as z from '../zod-config.ts';
import { type AliasName, type KeyName, parseKeyReference, parseRoleArn, type RoleName } from './arn.ts';
import { placeFields } from './place.ts';
import { isKnownRegion, partitionOf } from './regions.ts';

const commonStep = {
  provider: z.literal('aws', { error: 'Choose a cloud provider.' }),
  alias: aliasSchema,
  description: descriptionSchema,
  /** Left out: those that are there stay. */
  tags: tagsSchema.optional(),
};

/** Step 1, Provider. Where the key is belongs to the step AWS; who knows it already may name it here. */
export const providerStepSchema = z.discriminatedUnion(
  'authMode',
  [
    z.object({ ...commonStep, ...placeFields, authMode: z.literal('assume-role') }),
    // With an access key, AWS itself tells the account.
    z.object({ ...commonStep, region: placeFields.region, authMode: z.literal('access-key') }),
  ],
  { error: 'Choose an authentication mode.' },
);
export type ProviderStep = z.infer<typeof providerStepSchema>;

/**
 * The two ARNs of step 2, for its region and account. A key in another account than the role's is allowed here (the test
 * warns of it); a key in another region than the one chosen, or another partition, is not.
 * `vendorAccountId`, where known: ARNs in the vendor's own account are refused.
 */
export function connectStepSchema(chosen: {
  region: string;
  accountId: string;
  vendorAccountId?: string;
  /** Keyward is to create the key where none is named. */
  createsKey?: boolean;
}) {
  return z.object({ keyArn: z.string().trim(), roleArn: z.string().trim() }).superRefine((given, check) => {
    const refuse = (field: 'keyArn' | 'roleArn', message: string) =>
      check.addIssue({ code: 'custom', path: [field], message });
    const key = parseKeyReference(given.keyArn, chosen);
    const role = parseRoleArn(given.roleArn);
    const later = chosen.createsKey === true && given.keyArn === '';
    if (!key.ok && !later) refuse('keyArn', key.message);
    else if (key.ok) for (const message of keyProblems(key.value, chosen)) refuse('keyArn', message);
    if (!role.ok) refuse('roleArn', role.message);
    else for (const message of roleProblems(role.value, chosen)) refuse('roleArn', message);
  });
}
export type ConnectStep = { keyArn: string; roleArn: string };

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

/**
 * Step 2 with an access key. Without `secret` the stored one stays, which is of the access key ID `storedFor` (empty
 * without one); only AWS knows whether a secret is right. `keyArn` is a key ID, a key ARN or an alias ARN.
 */
export function accessKeyStepSchema(chosen: {
  region: string;
  vendorAccountId?: string;
  storedFor: string;
  createsKey?: boolean;
}) {
  return z
    .object({ keyArn: z.string().trim(), accessKeyId: z.string().trim(), secret: z.string().trim().max(256) })
    .superRefine((given, check) => {
      const refuse = (field: 'keyArn' | 'accessKeyId' | 'secret', message: string) =>
        check.addIssue({ code: 'custom', path: [field], message });
      const problem = accessKeyIdProblem(given.accessKeyId);
      if (problem) refuse('accessKeyId', problem);
      if (given.secret === '' && (chosen.storedFor === '' || chosen.storedFor !== given.accessKeyId))
        refuse('secret', 'Paste the secret access key that belongs to this access key ID.');
      if (given.secret !== '' && !/^[A-Za-z0-9/+=]{20,256}$/.test(given.secret))
        refuse('secret', 'A secret access key has only letters, digits, / and +. Copy it again from AWS.');
      // A bare key ID is completed once AWS has told the account.
      const key = parseKeyReference(given.keyArn, { region: chosen.region, accountId: unknownAccount });
      const later = chosen.createsKey === true && given.keyArn === '';
      if (!key.ok && !later) refuse('keyArn', key.message);
      else if (key.ok) for (const message of keyProblems(key.value, chosen)) refuse('keyArn', message);
    });
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

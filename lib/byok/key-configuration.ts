/**
 * What an enterprise key is made of, as the administrator enters it, and the one fingerprint by which a test report,
 * a schedule and a key version are known to speak of the same configuration.
 */
import {
  type AliasName,
  isAccountId,
  isRoleName,
  type KeyName,
  parseKeyReference,
  parseRoleArn,
  type RoleName,
} from './arn.ts';
import { isKnownRegion, partitionOf } from './regions.ts';
import { z } from './zod-config.ts';

export const providers = [{ id: 'aws', name: 'Amazon Web Services (AWS)' }] as const;

/** Authentication Mode. What cannot be chosen yet stays visible with its reason. */
export const authModes = [
  { id: 'assume-role', name: 'AWS Assume Role', available: true, reason: '' },
  {
    id: 'access-key',
    name: 'Access Key',
    available: false,
    reason: 'Not offered here yet: a role needs no secret to be stored.',
  },
] as const;

/**
 * Discriminated by `provider` and `authMode`; a further way to connect becomes a further member of this union, and the
 * compiler then names every place that has to know it.
 */
export type KeyConfiguration = {
  provider: 'aws';
  authMode: 'assume-role';
  region: string;
  /** The account that the role is in, and usually the key: 12 digits. */
  accountId: string;
  roleName: string;
  roleArn: string;
  /** What the administrator gave: a key ARN, an alias ARN, or a bare key ID. */
  keyArn: string;
  alias: string;
  description: string;
};

/**
 * The configuration as one canonical line of JSON (plain text, not hashed: a server that stores it may hash it). It
 * covers all that decides which key is reached and how. Alias and description are words, so changing them keeps a test
 * valid. Equal fingerprints mean equal configurations and equal external IDs.
 */
export function fingerprint(configuration: KeyConfiguration, externalId: string): string {
  const { provider, authMode, region, roleArn, keyArn } = configuration;
  return JSON.stringify([
    'keyward/v1/configuration',
    provider,
    authMode,
    region.trim(),
    roleArn.trim(),
    keyArn.trim(),
    externalId,
  ]);
}

/** Step 1, Provider. */
export const providerStepSchema = z.object({
  provider: z.literal('aws', { error: 'Choose a cloud provider.' }),
  authMode: z.literal('assume-role', { error: 'Choose AWS Assume Role; Access Key is not offered yet.' }),
  region: z.string().trim().refine(isKnownRegion, { error: 'Choose an AWS region from the list.' }),
  accountId: z
    .string()
    .transform((text) => text.replace(/[\s-]/g, ''))
    .refine(isAccountId, { error: 'An AWS account ID has 12 digits.' }),
  roleName: z
    .string()
    .trim()
    .refine(isRoleName, { error: 'A role’s name has 1 to 64 letters, digits or + = , . @ _ -' }),
  alias: z
    .string()
    .trim()
    .min(1, { error: 'Give the key a name that you will know it by.' })
    .max(64, { error: 'Use at most 64 characters.' }),
  description: z.string().trim().max(500, { error: 'Use at most 500 characters.' }),
});
export type ProviderStep = z.infer<typeof providerStepSchema>;

/**
 * Step 3, Connect, for the region and account chosen in step 1. A key in another account than the role's is allowed
 * here (the test warns of it); a key in another region than the one chosen, or another partition, is not.
 * `vendorAccountId`, where known: ARNs in the vendor's own account are refused.
 */
export function connectStepSchema(chosen: { region: string; accountId: string; vendorAccountId?: string }) {
  return z.object({ keyArn: z.string().trim(), roleArn: z.string().trim() }).superRefine((given, check) => {
    const refuse = (field: 'keyArn' | 'roleArn', message: string) =>
      check.addIssue({ code: 'custom', path: [field], message });
    const key = parseKeyReference(given.keyArn, chosen);
    const role = parseRoleArn(given.roleArn);
    if (!key.ok) refuse('keyArn', key.message);
    else for (const message of keyProblems(key.value, chosen)) refuse('keyArn', message);
    if (!role.ok) refuse('roleArn', role.message);
    else for (const message of roleProblems(role.value, chosen)) refuse('roleArn', message);
  });
}
export type ConnectStep = { keyArn: string; roleArn: string };

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

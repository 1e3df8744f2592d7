/**
 * What is typed to connect a key in AWS KMS (the draft), and what we connect with (the connection). The one becomes the other in
 * `toAwsConnection`, and only there.
 */

import type { Description, Joined, MadeConnection } from '../provider-rules.ts';
import * as z from '../zod-config.ts';
import { type AliasArn, type KeyArn, parseKeyReference, parseRoleArn, type RoleArn } from './arn.ts';
import { accessKeyIdProblem, keyProblems, roleProblems, unknownAccount } from './connect-problems.ts';
import { readPolicyShape } from './policy-shape.ts';
import { isKnownRegion, type Region } from './regions.ts';

const typed = z.string().default('');
const common = {
  provider: z.literal('aws'),
  region: typed,
  /** The account that the role is in, and usually the key. With an access key only AWS can tell. */
  accountId: typed,
  roleName: typed,
  /** A key ARN, an alias ARN or a bare key ID. Empty where Keyward is to create the key. */
  keyArn: typed,
  createsKey: z.boolean().default(false),
  /** Whether the test asks for a data key pair, too. */
  dataKeyPair: z.boolean().default(false),
  /** How the customer wants the policies written. It decides what is shown, never what is done. */
  policyShape: z.unknown().optional().transform(readPolicyShape),
};

/** Any field may be missing, and is empty then. What one authentication mode alone has is forgotten in the other. */
export const awsDraftSchema = z.discriminatedUnion('authMode', [
  z.object({ ...common, authMode: z.literal('assume-role'), roleArn: typed }),
  z.object({ ...common, authMode: z.literal('access-key'), accessKeyId: typed }),
]);
export type AwsDraft = z.output<typeof awsDraftSchema>;
export type AwsAuthMode = AwsDraft['authMode'];
export type RoleDraft = Extract<AwsDraft, { authMode: 'assume-role' }>;
export type AccessKeyDraft = Extract<AwsDraft, { authMode: 'access-key' }>;

declare const brand: unique symbol;
/** AKIA and what follows: checked. */
export type AccessKeyId = string & { readonly [brand]: 'AccessKeyId' };
/** A key, as it was given: its ARN, an alias ARN, or its bare ID. The key that it stands for is pinned by a test. */
export type KeyReference = KeyArn | AliasArn | (string & { readonly [brand]: 'KeyReference' });

export type AwsConnection = {
  provider: 'aws';
  auth: { mode: 'assume-role'; roleArn: RoleArn } | { mode: 'access-key'; accessKeyId: AccessKeyId };
  key: { region: Region; keyArn: KeyReference };
  dataKeyPair: boolean;
};

export const awsConnectionVersion = 1;

/** A stored connection; each part is checked again. */
export const awsConnectionSchema = z
  .object({
    provider: z.literal('aws'),
    auth: z.discriminatedUnion('mode', [
      z.object({ mode: z.literal('assume-role'), roleArn: z.string() }),
      z.object({ mode: z.literal('access-key'), accessKeyId: z.string() }),
    ]),
    key: z.object({ region: z.string(), keyArn: z.string() }),
    dataKeyPair: z.boolean(),
  })
  .transform((stored, context): AwsConnection => {
    const made = toAwsConnection(draftOfParts(stored));
    if (made.ok) return made.connection;
    for (const [field, message] of Object.entries(made.problems))
      context.addIssue({ code: 'custom', path: [field], message });
    return z.NEVER;
  });

/** Complete, and each part sound by itself; whether AWS agrees is what the test is for. */
export function toAwsConnection(draft: AwsDraft): MadeConnection<AwsConnection> {
  const problems: Record<string, string> = {};
  const region = draft.region.trim();
  if (!isKnownRegion(region)) return { ok: false, problems: { region: 'Choose an AWS region from the list.' } };
  const accountId = draft.authMode === 'access-key' ? unknownAccount : draft.accountId;
  const key = parseKeyReference(draft.keyArn, { region, accountId: accountId || unknownAccount });
  const keyProblem = key.ok ? keyProblems(key.value, { region })[0] : key.message;
  if (keyProblem) problems.keyArn = keyProblem;
  const auth = draft.authMode === 'access-key' ? accessKeyOf(draft, problems) : roleOf(draft, region, problems);
  if (!auth || Object.keys(problems).length > 0) return { ok: false, problems };
  const keyArn = draft.keyArn.trim() as KeyReference;
  return {
    ok: true,
    connection: { provider: 'aws', auth, key: { region, keyArn }, dataKeyPair: draft.dataKeyPair },
  };
}

function roleOf(draft: RoleDraft, region: Region, problems: Record<string, string>): AwsConnection['auth'] | undefined {
  const role = parseRoleArn(draft.roleArn);
  const problem = role.ok ? roleProblems(role.value, { region })[0] : role.message;
  if (problem) problems.roleArn = problem;
  return role.ok ? { mode: 'assume-role', roleArn: role.value.arn } : undefined;
}

function accessKeyOf(draft: AccessKeyDraft, problems: Record<string, string>): AwsConnection['auth'] {
  const accessKeyId = draft.accessKeyId.trim();
  const problem = accessKeyIdProblem(accessKeyId);
  if (problem) problems.accessKeyId = problem;
  return { mode: 'access-key', accessKeyId: accessKeyId as AccessKeyId };
}

/**
 * All that decides which key is reached and how, as one line. It is what the fingerprint is made of, and what fingerprints of
 * stored reports were made of: it never changes by a byte. So it is text of the parts as they were entered, without blanks around
 * them, also for a draft that cannot be parsed or waits for its key; a connection gives the line of the draft that it was made of.
 *
 * The tenant is not in it, nor the external ID with an access key: neither was when the first reports were stored, and a report
 * vouches only for the enterprise key that it belongs to, which is of one tenant.
 */
export function awsCanonical(of: AwsDraft | AwsConnection, { externalId, secretId }: Joined): string {
  const draft = draftOf(of);
  const { provider, authMode, region, keyArn, createsKey, dataKeyPair } = draft;
  const identity =
    draft.authMode === 'assume-role' ? [draft.roleArn.trim(), externalId] : [draft.accessKeyId.trim(), secretId ?? ''];
  const key = createsKey && keyArn.trim() === '' ? ['to be created'] : [keyArn.trim()];
  return JSON.stringify([
    'keyward/v2/configuration',
    provider,
    authMode,
    region.trim(),
    ...identity,
    ...key,
    dataKeyPair,
  ]);
}

export function describeAws(of: AwsDraft | AwsConnection): Description {
  const draft = draftOf(of);
  const principal = draft.authMode === 'assume-role' ? draft.roleArn : draft.accessKeyId;
  return {
    location: draft.region,
    // A role's ARN tells its account; whose an access key is, AWS alone knows.
    account: draft.authMode === 'assume-role' ? accountIn(draft.roleArn) : '',
    keyName: draft.keyArn,
    keyIsAlias: draft.keyArn.includes(':alias/'),
    principal,
  };
}

/** 5th part of an ARN; empty for anything else. */
export function accountIn(arn: string): string {
  return arn.trim().split(':')[4] ?? '';
}

type Parts = {
  auth: { mode: 'assume-role'; roleArn: string } | { mode: 'access-key'; accessKeyId: string };
  key: { region: string; keyArn: string };
  dataKeyPair: boolean;
};

/** A draft as it is; a connection as the draft that it was made of. */
export function draftOf(of: AwsDraft | AwsConnection): AwsDraft {
  return 'auth' in of ? draftOfParts(of) : of;
}

function draftOfParts({ auth, key, dataKeyPair }: Parts): AwsDraft {
  const { mode: authMode, ...identity } = auth;
  return awsDraftSchema.parse({ provider: 'aws', authMode, ...identity, ...key, dataKeyPair });
}

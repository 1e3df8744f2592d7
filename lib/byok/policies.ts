/**
 * The three policies that a customer applies in AWS, with the customer's own values in them. They are built here once
 * and shown in the wizard, put into the hand-over file and offered as the remedy of a failed check.
 *
 * Decisions: kms:DescribeKey is a statement of its own, since it carries no encryption context and a condition on one
 * would deny it. The key policy adds a Deny, since a conditioned Allow demands nothing beside another Allow. That Deny
 * matches when the context is absent too (negated operators do), and names only actions that always carry one.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import type { Partition } from './regions.ts';

export type PolicyStatement = {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Principal?: { AWS: string };
  Action: string | string[];
  Resource?: string;
  Condition?: Record<string, Record<string, string>>;
};
export type PolicyDocument = { Version: '2012-10-17'; Statement: PolicyStatement[] };

/** What Keyward does with data keys. Each of these calls carries the encryption context. */
export const cryptographicActions = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'] as const;

/** The condition key by which a policy demands our context: `kms:EncryptionContext:` and the pair's name. */
export const tenantConditionKey = 'kms:EncryptionContext:keyward:tenant';

/** Trust policy of the customer's role: our service role may assume it, and only with this tenant's external ID. */
export function trustPolicy(values: { serviceRoleArn: string; externalId: string }): PolicyDocument {
  return policy({
    Sid: 'KeywardAssumesThisRole',
    Effect: 'Allow',
    Principal: { AWS: values.serviceRoleArn },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': values.externalId } },
  });
}

/**
 * Key policy of the customer's key. `accountId` is the account that the key lives in; its root statement stays, so
 * that the customer's administrators keep the key. `Resource: "*"` in a key policy means this key.
 */
export function keyPolicy(values: {
  partition: Partition;
  accountId: string;
  roleArn: string;
  tenantId: string;
}): PolicyDocument {
  const role = { AWS: values.roleArn };
  return policy(
    {
      Sid: 'EnableIAMUserPermissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:${values.partition}:iam::${values.accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    { Sid: 'KeywardDescribesThisKey', Effect: 'Allow', Principal: role, Action: 'kms:DescribeKey', Resource: '*' },
    {
      Sid: 'KeywardUsesThisKey',
      Effect: 'Allow',
      Principal: role,
      Action: [...cryptographicActions],
      Resource: '*',
      Condition: { StringEquals: { [tenantConditionKey]: values.tenantId } },
    },
    {
      Sid: 'KeywardOnlyInThisContext',
      Effect: 'Deny',
      Principal: role,
      Action: [...cryptographicActions],
      Resource: '*',
      Condition: { StringNotEquals: { [tenantConditionKey]: values.tenantId } },
    },
  );
}

/** Permission policy of the customer's role. `keyArn` is the key's own ARN, never an alias's. */
export function permissionPolicy(values: { keyArn: string; tenantId: string }): PolicyDocument {
  return policy(
    { Sid: 'KeywardDescribesThisKey', Effect: 'Allow', Action: 'kms:DescribeKey', Resource: values.keyArn },
    {
      Sid: 'KeywardUsesThisKey',
      Effect: 'Allow',
      Action: [...cryptographicActions],
      Resource: values.keyArn,
      Condition: { StringEquals: { [tenantConditionKey]: values.tenantId } },
    },
  );
}

/** A policy as it is shown, copied and counted in lines: JSON, two spaces. */
export function policyText(document: object): string {
  return JSON.stringify(document, null, 2);
}

/**
 * The lines of the printed policy that hold one of `needles`, as ranges counted from 1, neighbours joined. A statement's
 * Sid as needle marks that whole statement.
 */
export function markLines(document: PolicyDocument, needles: readonly string[]): [number, number][] {
  const lines = policyText(document).split('\n');
  const marked = new Set<number>();
  for (const needle of needles) {
    const sid = lines.findIndex((line) => line.includes(`"Sid": "${needle}"`));
    const hits = sid >= 0 ? statementAround(lines, sid) : linesWith(lines, needle);
    for (const line of hits) marked.add(line);
  }
  const ranges: [number, number][] = [];
  for (const line of [...marked].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && last[1] === line) last[1] = line + 1;
    else ranges.push([line + 1, line + 1]);
  }
  return ranges;
}

function linesWith(lines: readonly string[], needle: string): number[] {
  return lines.flatMap((line, at) => (line.includes(needle) ? [at] : []));
}

/** A statement stands at four spaces in the printed policy. */
function statementAround(lines: readonly string[], inside: number): number[] {
  let from = inside;
  while (from > 0 && lines[from] !== '    {') from -= 1;
  let to = inside;
  while (to < lines.length - 1 && !/^ {4}\},?$/.test(lines[to] ?? '')) to += 1;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function policy(...statements: PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

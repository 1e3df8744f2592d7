/**
 * The three policies that a customer applies in AWS, with the customer's own values in them. They are built here once
 * and shown in the wizard, put into the hand-over file and offered as the remedy of a failed check.
 *
 * A customer may choose how they are written (`policy-shape.ts`): whom they name, and for which of its tenants. What else
 * is in use is named too (`also…`, from `standing-uses.ts`): whoever applies a policy must not cut off what it leaves out.
 *
 * Decisions: kms:DescribeKey is a statement of its own, since it carries no encryption context and a condition on one
 * would deny it. The key policy adds a Deny, since a conditioned Allow demands nothing beside another Allow. That Deny
 * matches when the context is absent too (negated operators do), and names only actions that always carry one.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import type { PolicyShape } from './policy-shape.ts';
import type { Partition } from './regions.ts';

export type PolicyStatement = {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Principal?: { AWS: string | string[] };
  Action: string | string[];
  Resource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
};
export type PolicyDocument = { Version: '2012-10-17'; Statement: PolicyStatement[] };

/** What Keyward does with data keys. Each of these calls carries the encryption context. */
export const cryptographicActions = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'] as const;

/** The same with what the test does in addition, where the customer asked for it; it carries the context too. */
export function actionsOf({ dataKeyPair = false }: { dataKeyPair?: boolean }): string[] {
  return [...cryptographicActions, ...(dataKeyPair ? ['kms:GenerateDataKeyPair'] : [])];
}

/** The condition key by which a policy demands our context: `kms:EncryptionContext:` and the pair's name. */
export const tenantConditionKey = 'kms:EncryptionContext:keyward:tenant';

type Shape = Partial<PolicyShape>;
/** What a configuration's choices make of the policies that speak of the key. */
type Choices = { shape?: Shape | undefined; dataKeyPair?: boolean };

/**
 * Trust policy of the customer's role: our service role may assume it, and only with this tenant's external ID. Where the
 * customer trusts our whole account, our own policies decide which of our roles that is.
 */
export function trustPolicy(values: {
  serviceRoleArn: string;
  alsoServiceRoleArns?: readonly string[] | undefined;
  externalId: string;
  shape?: Shape | undefined;
}): PolicyDocument {
  const { serviceRoleArn, alsoServiceRoleArns = [], shape } = values;
  const trusted = [serviceRoleArn, ...alsoServiceRoleArns].map((arn) => trustedPrincipal(arn, shape));
  return policy({
    Sid: 'KeywardAssumesThisRole',
    Effect: 'Allow',
    Principal: { AWS: oneOrAll(trusted) },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': values.externalId } },
  });
}

/** Whom the trust policy names: our service role, or the account that it is in. */
export function trustedPrincipal(serviceRoleArn: string, shape?: Shape): string {
  return shape?.trustPrincipal === 'account' ? accountRootOf(serviceRoleArn) : serviceRoleArn;
}

/** `arn:aws:iam::ACCOUNT:root` of whatever IAM name is given: in a policy it stands for everybody in that account. */
export function accountRootOf(arn: string): string {
  const [, partition = 'aws', , , accountId = ''] = arn.split(':');
  return `arn:${partition}:iam::${accountId}:root`;
}

/**
 * Key policy of the customer's key. `accountId` is the account that the key lives in; its root statement stays, so
 * that the customer's administrators keep the key. `Resource: "*"` in a key policy means this key.
 *
 * Where it names the role's account in place of the role, the Deny still speaks of this one role, by a condition: others in
 * that account who use the key are not to be hit. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
export function keyPolicy(
  values: {
    partition: Partition;
    accountId: string;
    /** The role, or the user of an access key. */
    roleArn: string;
    /** Where `roleArn` is a reference that does not tell it. */
    roleAccountId?: string;
    /** Further roles by which this key is in use. */
    alsoRoleArns?: readonly string[] | undefined;
    tenantId: string;
  } & Choices,
): PolicyDocument {
  const { partition, roleArn, roleAccountId, alsoRoleArns = [], shape } = values;
  const byAccount = shape?.keyPrincipal === 'account';
  const roleAccount = roleAccountId ? `arn:${partition}:iam::${roleAccountId}:root` : accountRootOf(roleArn);
  const accounts = [roleAccount, ...alsoRoleArns.map(accountRootOf)];
  const roles = oneOrAll([roleArn, ...alsoRoleArns]);
  const allowed = { AWS: byAccount ? oneOrAll(accounts) : roles };
  const Action = actionsOf(values);
  const tenants = tenantsOf(values.tenantId, shape);
  return policy(
    {
      Sid: 'EnableIAMUserPermissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partition}:iam::${values.accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    { Sid: 'KeywardDescribesThisKey', Effect: 'Allow', Principal: allowed, Action: 'kms:DescribeKey', Resource: '*' },
    {
      Sid: 'KeywardUsesThisKey',
      Effect: 'Allow',
      Principal: allowed,
      Action,
      Resource: '*',
      Condition: { StringEquals: { [tenantConditionKey]: tenants } },
    },
    {
      Sid: 'KeywardOnlyInThisContext',
      Effect: 'Deny',
      Principal: allowed,
      Action,
      Resource: '*',
      Condition: {
        StringNotEquals: { [tenantConditionKey]: tenants },
        ...(byAccount ? { ArnEquals: { 'aws:PrincipalArn': roles } } : {}),
      },
    },
  );
}

/** Permission policy of the customer's role. `keyArn` is the key's own ARN, never an alias's; `alsoKeyArns` are further keys in use. */
export function permissionPolicy(
  values: { keyArn: string; alsoKeyArns?: readonly string[] | undefined; tenantId: string } & Choices,
): PolicyDocument {
  const Resource = oneOrAll([values.keyArn, ...(values.alsoKeyArns ?? [])]);
  return policy(
    { Sid: 'KeywardDescribesThisKey', Effect: 'Allow', Action: 'kms:DescribeKey', Resource },
    {
      Sid: 'KeywardUsesThisKey',
      Effect: 'Allow',
      Action: actionsOf(values),
      Resource,
      Condition: { StringEquals: { [tenantConditionKey]: tenantsOf(values.tenantId, values.shape) } },
    },
  );
}

/** Any one of them holds for StringEquals, none for StringNotEquals. */
function tenantsOf(tenantId: string, shape: Shape | undefined): string | string[] {
  return oneOrAll([tenantId, ...(shape?.otherTenants ?? [])]);
}

/** One stands by itself, several as a list; each once. */
function oneOrAll(texts: readonly string[]): string | string[] {
  const [first = '', ...more] = new Set(texts);
  return more.length === 0 ? first : [first, ...more];
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

import { cryptographicActions, tenantConditionKey } from '../policies.ts';
import { conditionHolds } from './conditions.ts';
import { type Demand, demandOf } from './demand.ts';
import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-words.ts';
import type { Condition, DoctorValues, PolicyKind, Statement } from './policy-shape.ts';
import { principalFindings } from './principal-rules.ts';
import {
  assumeRole,
  assuming,
  callerOf,
  concerns,
  coversAction,
  cryptographicFor,
  describeKey,
  describing,
  type Request,
  speaksOf,
  tenantsOf,
  using,
} from './request.ts';
import { resourceFindings } from './resource-rules.ts';

/** What is wrong with one statement by itself. */
export function statementFindings(statement: Statement, kind: PolicyKind, values: DoctorValues): Finding[] {
  if (statement.effect === 'Deny') return denyFindings(statement, kind, values);
  const principals = principalFindings(statement, kind, values);
  if (!isForUs(statement, kind, values)) return principals;
  const own = kind === 'trust' ? trustFindings(statement, values) : keyUseFindings(statement, kind, values);
  return [...principals, ...own];
}

/** The caller whose request a policy of this kind decides. */
export function callerFor(kind: PolicyKind, values: DoctorValues) {
  return callerOf(kind === 'trust' ? values.serviceRoleArn : values.roleArn);
}

/** Every request that we make and that a policy of this kind has to let through. */
export function ownRequests(kind: PolicyKind, values: DoctorValues): Request[] {
  if (kind === 'trust') return [assuming(values, values.externalId)];
  const uses = tenantsOf(values).flatMap((tenantId) =>
    cryptographicFor(values).map((action) => using(action, values, { tenantId })),
  );
  return [...uses, describing(values)];
}

/** An Allow that lets us in, or was meant to. AWS's own statement for the account is not: it lets IAM decide. */
function isForUs(statement: Statement, kind: PolicyKind, values: DoctorValues): boolean {
  if (kind === 'permission') return true;
  const how = concerns(statement, callerFor(kind, values));
  return kind === 'trust' ? how !== 'no' : how === 'itself' && !statement.principals?.inverted;
}

function trustFindings(statement: Statement, values: DoctorValues): Finding[] {
  const findings: Finding[] = [];
  if (statement.actions.inverted) findings.push(at(statement, 'not-action', 'NotAction'));
  if (!coversAction(statement, assumeRole)) return findings;
  const wide = statement.actions.list.filter((action) => action.toLowerCase() !== 'sts:assumerole');
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html: these two only add to a session.
  const extra = wide.filter((action) => !['sts:tagsession', 'sts:setsourceidentity'].includes(action.toLowerCase()));
  if (extra.length > 0 && !statement.actions.inverted)
    findings.push(at(statement, 'actions-too-wide', 'Action', extra));
  // Where several tenants use this role, each of them presents its own.
  const alone = values.shape.otherTenants.length === 0;
  const demand = demandOf(statement.conditions, 'sts:ExternalId', values.externalId, { alone });
  const codes = { missing: 'external-id-missing', wrong: 'external-id-wrong', loose: 'external-id-loose' } as const;
  if (demand !== 'sound') findings.push(at(statement, codes[demand], 'Condition'));
  return [...findings, ...otherConditions(statement, ['sts:externalid'], assuming(values, values.externalId))];
}

function keyUseFindings(statement: Statement, kind: PolicyKind, values: DoctorValues): Finding[] {
  const findings = [...actionFindings(statement), ...resourceFindings(statement, kind, values)];
  const covered = cryptographicFor(values).filter((action) => coversAction(statement, action));
  const demand = demandOf(statement.conditions, tenantConditionKey, values.tenantId, { alone: false });
  if (covered.length > 0 && demand !== 'sound') findings.push(at(statement, contextCodes[demand], 'Condition'));
  const left = tenantsOf(values).filter((tenantId) => !lets(statement, tenantId));
  if (covered.length > 0 && demand === 'sound' && left.length > 0)
    findings.push(at(statement, 'context-lacks-tenant', 'Condition', left));
  const describes = coversAction(statement, describeKey);
  const onContext = statement.conditions.filter(({ key }) => key.toLowerCase().startsWith('kms:encryptioncontext'));
  if (describes && onContext.some((line) => conditionHolds(line, describing(values).context) === 'no')) {
    findings.push(at(statement, 'context-on-describe', 'Condition'));
  }
  if (covered.length === 0 && !describes) return findings;
  const request = covered[0] === undefined ? describing(values) : using(covered[0], values);
  return [...findings, ...otherConditions(statement, [tenantConditionKey.toLowerCase()], request)];
}

/** Whether what the statement demands of the context holds for this tenant. */
function lets({ conditions }: Statement, tenantId: string): boolean {
  return demandOf(conditions, tenantConditionKey, tenantId, { alone: false }) === 'sound';
}

const contextCodes = {
  missing: 'context-missing',
  wrong: 'context-wrong',
  loose: 'context-loose',
} as const satisfies Record<Exclude<Demand, 'sound'>, FindingCode>;

/** What Keyward calls, and what it may be let see beside. */
const welcome = [
  ...cryptographicActions,
  describeKey,
  'kms:GenerateDataKeyPair',
  'kms:GetKeyRotationStatus',
  'kms:ListAliases',
  'kms:ListResourceTags',
].map((action) => action.toLowerCase());

function actionFindings(statement: Statement): Finding[] {
  const { list, inverted } = statement.actions;
  if (inverted) return [at(statement, 'not-action', 'NotAction')];
  const elsewhere = list.filter((action) => action !== '*' && !action.toLowerCase().startsWith('kms:'));
  const wide = list.filter((action) => !elsewhere.includes(action) && !welcome.includes(action.toLowerCase()));
  return [
    ...(wide.length > 0 ? [at(statement, 'actions-too-wide', 'Action', wide)] : []),
    ...(elsewhere.length > 0 ? [at(statement, 'other-services', 'Action', elsewhere)] : []),
  ];
}

/** Conditions beside the one that we ask for: each has to hold for a request of ours. */
function otherConditions(statement: Statement, own: readonly string[], request: Request): Finding[] {
  return statement.conditions
    .filter(({ key }) => !own.includes(key.toLowerCase()))
    .flatMap((condition: Condition) => {
      const holds = conditionHolds(condition, request.context);
      if (holds === 'yes') return [];
      const code = holds === 'no' ? 'condition-excludes-us' : 'condition-may-exclude-us';
      return [at(statement, code, 'Condition', [condition.key])];
    });
}

function denyFindings(statement: Statement, kind: PolicyKind, values: DoctorValues): Finding[] {
  const caller = callerFor(kind, values);
  const answers = ownRequests(kind, values).map((request) => speaksOf(statement, request, caller, values));
  const field = statement.conditions.length > 0 ? 'Condition' : statement.actions.inverted ? 'NotAction' : 'Action';
  const findings: Finding[] = [];
  // Sessions of a role are hit even where the role is named, so the words alone tell nothing.
  if (statement.principals?.inverted) findings.push(at(statement, 'not-principal', 'NotPrincipal'));
  if (answers.includes('yes')) findings.push(at(statement, 'denied-to-us', field));
  else if (answers.includes('unknown')) findings.push(at(statement, 'may-be-denied-to-us', field));
  if (kind === 'key' && locksOut(statement, values)) findings.push(at(statement, 'root-denied', 'Principal'));
  return findings;
}

/** Whether the account's own root is hit where it would have to repair the policy. */
function locksOut(statement: Statement, values: DoctorValues): boolean {
  const root = `arn:${values.partition}:iam::${values.keyAccountId}:root`;
  const caller = { arn: root, accountId: values.keyAccountId, partition: values.partition, roleName: '' };
  const known: Record<string, string[]> = {
    'aws:principalarn': [root],
    'aws:principalaccount': [values.keyAccountId],
    'kms:calleraccount': [values.keyAccountId],
  };
  const context = (key: string) => known[key] ?? (key.startsWith('kms:encryptioncontext') ? [] : undefined);
  return speaksOf(statement, { action: 'kms:PutKeyPolicy', context }, caller, values) === 'yes';
}

function at(statement: Statement, code: FindingCode, field: string, details: readonly string[] = []): Finding {
  const detail = details.length > 0 ? { detail: details.join(', ') } : {};
  return { code, statement: statement.at, field, ...detail };
}

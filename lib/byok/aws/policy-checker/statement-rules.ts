import { cryptographicActions, tenantConditionKey } from '../policies.ts';
import { conditionHolds, conditionsHold } from './conditions.ts';
import { type Demand, demandOf } from './demand.ts';
import { denyFindings } from './deny-rules.ts';
import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-words.ts';
import type { CheckerValues, PolicyKind, Statement } from './policy-shape.ts';
import { principalFindings } from './principal-rules.ts';
import {
  assumeRole,
  assuming,
  assumptions,
  callerFor,
  concerns,
  coversAction,
  coversKeyArn,
  cryptographicFor,
  describeKey,
  describing,
  isKeyAction,
  later,
  type Request,
  tenantsOf,
  using,
} from './request.ts';
import { isAlias, resourceFindings, strayResourceFindings } from './resource-rules.ts';
import type { Whose } from './whose.ts';

/** What is wrong with one statement by itself. One that is for others is judged by what it opens, and by nothing else. */
export function statementFindings(
  statement: Statement,
  kind: PolicyKind,
  values: CheckerValues,
  whose: Whose,
): Finding[] {
  if (statement.effect === 'Deny') return denyFindings(statement, kind, values);
  if (whose === 'theirs') return theirFindings(statement, kind, values);
  const principals = principalFindings(statement, kind, values, whose);
  if (kind === 'trust') return [...principals, ...trustFindings(statement, values)];
  // AWS's own statement for the account lets IAM decide; what is asked of us is asked where we are named.
  const named = kind === 'permission' || concerns(statement, callerFor(kind, values)) !== 'account';
  const byAccount = values.shape.keyPrincipal === 'account';
  return [...principals, ...(named || byAccount ? keyUseFindings(statement, kind, values) : [])];
}

function theirFindings(statement: Statement, kind: PolicyKind, values: CheckerValues): Finding[] {
  if (kind === 'permission') {
    const { list } = statement.actions;
    if (list.some(isKeyAction)) return otherUseFindings(statement, values);
    return [at(statement, 'other-services', 'Action', list)];
  }
  const principals = principalFindings(statement, kind, values, 'theirs');
  return kind === 'trust'
    ? [...principals, ...otherTrustFindings(statement, values)]
    : [...principals, ...strayResourceFindings(statement, values)];
}

/** What the role may do with keys beside what Keyward asks of it. An alias in a policy gives no key, and a past day nothing. */
function otherUseFindings(statement: Statement, values: CheckerValues): Finding[] {
  const { resources } = statement;
  if (isOver(statement, describing, values)) return [];
  const named = resources?.list.filter((name) => resources.inverted || !isAlias(name)) ?? [];
  const elsewhere = named.filter((name) => resources?.inverted || name === '*' || !coversKeyArn(name, values));
  if (elsewhere.length > 0) return [at(statement, 'other-keys', 'Resource', elsewhere)];
  return named.length > 0 ? [at(statement, 'other-uses', 'Condition', conditionKeys(statement))] : [];
}

/** Our service role under another external ID than the one that is yours. */
function otherTrustFindings(statement: Statement, values: CheckerValues): Finding[] {
  const { conditions } = statement;
  const trusts = concerns(statement, callerFor('trust', values)) !== 'no' && coversAction(statement, assumeRole);
  const lines = conditions.filter(({ key }) => key.toLowerCase() === 'sts:externalid');
  const { context } = assuming(values, values.externalId);
  if (!trusts || isOver(statement, (given) => assuming(given, null), values)) return [];
  if (lines.length === 0 || conditionsHold(lines, context) !== 'no' || values.shape.otherTenants.length > 0) return [];
  const others = lines.flatMap((line) => line.values);
  return [at(statement, 'other-external-id', 'Condition', others)];
}

/** Whether a day that the statement names is past, and it allows nothing any more. */
function isOver({ conditions }: Statement, request: (given: CheckerValues) => Request, values: CheckerValues): boolean {
  const clocks = conditions.filter(({ key }) => ['aws:currenttime', 'aws:epochtime'].includes(key.toLowerCase()));
  return clocks.some((line) =>
    [values, { ...values, now: later }].every((given) => conditionHolds(line, request(given).context) === 'no'),
  );
}

function conditionKeys({ conditions }: Statement): string[] {
  return [...new Set(conditions.map(({ key }) => key))];
}

function trustFindings(statement: Statement, values: CheckerValues): Finding[] {
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
  const codes = {
    missing: 'external-id-missing',
    wrong: 'external-id-wrong',
    open: 'external-id-open',
    loose: 'external-id-loose',
  } as const;
  if (demand !== 'sound') findings.push(at(statement, codes[demand], 'Condition'));
  return [...findings, ...otherConditions(statement, ['sts:externalid'], assumptions, values)];
}

function keyUseFindings(statement: Statement, kind: PolicyKind, values: CheckerValues): Finding[] {
  const findings = [...actionFindings(statement), ...resourceFindings(statement, kind, values)];
  if (statement.actions.list.length === 0) return [...findings, at(statement, 'without-effect', 'Action')];
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
  const requests = (given: CheckerValues) => [
    ...covered.map((action) => using(action, given)),
    ...(describes && onContext.length === 0 ? [describing(given)] : []),
  ];
  return [...findings, ...otherConditions(statement, [tenantConditionKey.toLowerCase()], requests, values)];
}

/** Whether what the statement demands of the context holds for this tenant. */
function lets({ conditions }: Statement, tenantId: string): boolean {
  return demandOf(conditions, tenantConditionKey, tenantId, { alone: false }) === 'sound';
}

const contextCodes = {
  missing: 'context-missing',
  wrong: 'context-wrong',
  open: 'context-loose',
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
  const elsewhere = list.filter((action) => !isKeyAction(action));
  const named = list.filter((action) => !elsewhere.includes(action) && (action.includes(':') || action === '*'));
  const wide = named.filter((action) => !welcome.includes(action.toLowerCase()));
  return [
    ...(wide.length > 0 ? [at(statement, 'actions-too-wide', 'Action', wide)] : []),
    ...(elsewhere.length > 0 ? [at(statement, 'other-services', 'Action', elsewhere)] : []),
  ];
}

/** Conditions beside the one that we ask for: each has to hold for the requests of ours that the statement is about. */
function otherConditions(
  statement: Statement,
  own: readonly string[],
  requests: (values: CheckerValues) => Request[],
  values: CheckerValues,
): Finding[] {
  return statement.conditions
    .filter(({ key }) => !own.includes(key.toLowerCase()))
    .flatMap((condition) => {
      const answersOf = (given: CheckerValues) =>
        requests(given).map(({ context }) => conditionHolds(condition, context));
      const answers = answersOf(values);
      if (answers.includes('no')) return [at(statement, 'condition-excludes-us', 'Condition', [condition.key])];
      if (answers.includes('unknown')) {
        return [at(statement, 'condition-may-exclude-us', 'Condition', [condition.key])];
      }
      const ends = answersOf({ ...values, now: later }).includes('no');
      return ends ? [at(statement, 'condition-ends', 'Condition', [condition.key, ...condition.values])] : [];
    });
}

function at(statement: Statement, code: FindingCode, field: string, details: readonly string[] = []): Finding {
  const detail = details.length > 0 ? { detail: details.join(', ') } : {};
  return { code, statement: statement.at, field, ...detail };
}

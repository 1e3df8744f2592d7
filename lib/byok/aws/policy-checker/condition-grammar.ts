/**
 * Which conditions AWS takes when it saves a policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
import { readRange } from './addresses.ts';
import { operatorNames, timeOf } from './conditions.ts';
import type { Finding } from './finding.ts';
import type { Condition, PolicyKind } from './policy-shape.ts';

type Problem = Pick<Finding, 'code' | 'field' | 'detail'>;

export function conditionProblems(conditions: readonly Condition[], kind: PolicyKind): Problem[] {
  return [...conditions.flatMap((condition) => problemsOf(condition, kind)), ...repeated(conditions)];
}

function problemsOf({ set, operator, ifExists, key, values }: Condition, kind: PolicyKind): Problem[] {
  const name = `${set === null ? '' : `${set}:`}${operator}${ifExists ? 'IfExists' : ''}`;
  const problem = (code: Finding['code'], detail: string): Problem => ({ code, field: 'Condition', detail });
  if (!operatorNames.includes(operator)) return [problem('bad-operator', name)];
  if (!/^[^:\s]+:\S.*$/.test(key)) return [problem('bad-condition-key', key)];
  if (operator === 'Null' && ifExists) return [problem('null-if-exists', name)];
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
  if (kind === 'key' && set === 'ForAllValues' && /^kms:encryptioncontext:/i.test(key)) {
    return [problem('set-on-context', `${name}, ${key}`)];
  }
  return values.flatMap((value) => {
    const wanted = value.includes('${') ? undefined : wantedBy(operator, value);
    return wanted === undefined
      ? []
      : problem('bad-condition-value', `${key}: “${value}”; ${operator} takes ${wanted}`);
  });
}

function wantedBy(operator: string, value: string): string | undefined {
  if (operator === 'Bool' || operator === 'Null') return /^(?:true|false)$/i.test(value) ? undefined : 'true or false';
  if (operator.startsWith('Numeric')) {
    return value.trim() !== '' && Number.isFinite(Number(value)) ? undefined : 'a number';
  }
  if (operator.startsWith('Date')) return Number.isNaN(timeOf(value)) ? 'a date, like 2026-01-31T00:00:00Z' : undefined;
  if (!operator.endsWith('IpAddress')) return undefined;
  return readRange(value) ? undefined : 'an address or a range of addresses (CIDR), like 203.0.113.0/24';
}

/** One key twice under one operator: names of keys are told apart by no capitals, so AWS cannot tell which is meant. */
function repeated(conditions: readonly Condition[]): Problem[] {
  const seen = new Map<string, string>();
  return conditions.flatMap(({ set, operator, ifExists, key }) => {
    const name = `${set} ${operator} ${ifExists} ${key.toLowerCase()}`;
    const before = seen.get(name);
    seen.set(name, key);
    return before === undefined ? [] : [{ code: 'condition-twice', field: 'Condition', detail: `${before}, ${key}` }];
  });
}

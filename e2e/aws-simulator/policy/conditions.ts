import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { matchesArnGlob, matchesGlob } from './glob.ts';

/** One line of a Condition block: `"ForAnyValue:StringLikeIfExists": { "key": ["value", …] }`. */
export interface Condition {
  set?: 'ForAnyValue' | 'ForAllValues';
  operator: string;
  ifExists: boolean;
  /** Lower case. */
  key: string;
  values: string[];
}

/** The request's condition keys, in lower case. A key without values is as good as absent. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

type Test = (requested: string, inPolicy: string) => boolean;

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * A negated operator holds where the named test holds for none of the policy's values.
 */
const OPERATORS: Readonly<Record<string, { test: Test; negated: boolean }>> = {
  StringEquals: { test: (a, b) => a === b, negated: false },
  StringNotEquals: { test: (a, b) => a === b, negated: true },
  StringEqualsIgnoreCase: { test: (a, b) => a.toLowerCase() === b.toLowerCase(), negated: false },
  StringNotEqualsIgnoreCase: { test: (a, b) => a.toLowerCase() === b.toLowerCase(), negated: true },
  StringLike: { test: (a, b) => matchesGlob(b, a), negated: false },
  StringNotLike: { test: (a, b) => matchesGlob(b, a), negated: true },
  ArnEquals: { test: (a, b) => matchesArnGlob(b, a), negated: false },
  ArnLike: { test: (a, b) => matchesArnGlob(b, a), negated: false },
  ArnNotEquals: { test: (a, b) => matchesArnGlob(b, a), negated: true },
  ArnNotLike: { test: (a, b) => matchesArnGlob(b, a), negated: true },
  Bool: { test: (a, b) => a.toLowerCase() === b.toLowerCase(), negated: false },
  NumericEquals: { test: (a, b) => Number(a) === Number(b), negated: false },
  NumericNotEquals: { test: (a, b) => Number(a) === Number(b), negated: true },
  NumericLessThan: { test: (a, b) => Number(a) < Number(b), negated: false },
  NumericLessThanEquals: { test: (a, b) => Number(a) <= Number(b), negated: false },
  NumericGreaterThan: { test: (a, b) => Number(a) > Number(b), negated: false },
  NumericGreaterThanEquals: { test: (a, b) => Number(a) >= Number(b), negated: false },
  DateEquals: { test: (a, b) => time(a) === time(b), negated: false },
  DateNotEquals: { test: (a, b) => time(a) === time(b), negated: true },
  DateLessThan: { test: (a, b) => time(a) < time(b), negated: false },
  DateLessThanEquals: { test: (a, b) => time(a) <= time(b), negated: false },
  DateGreaterThan: { test: (a, b) => time(a) > time(b), negated: false },
  DateGreaterThanEquals: { test: (a, b) => time(a) >= time(b), negated: false },
  IpAddress: { test: (a, b) => inRange(a, b), negated: false },
  NotIpAddress: { test: (a, b) => inRange(a, b), negated: true },
};

/** Every line must hold: the lines of a Condition block are joined by AND, the values of a line by OR. */
export function conditionsHold(conditions: readonly Condition[], context: RequestContext): boolean {
  return conditions.every((condition) => holds(condition, context));
}

export function isKnownOperator(name: string): boolean {
  return name === 'Null' || Object.hasOwn(OPERATORS, name);
}

/** What is wrong with a value for this operator, or undefined. */
export function valueProblem(operator: string, value: string): string | undefined {
  if (operator === 'Null' || operator === 'Bool') {
    return /^(true|false)$/i.test(value) ? undefined : `${operator} takes "true" or "false"`;
  }
  if (operator.startsWith('Numeric')) return Number.isNaN(Number(value)) ? `${operator} takes a number` : undefined;
  if (operator.startsWith('Date')) return Number.isNaN(time(value)) ? `${operator} takes a date` : undefined;
  if (operator.endsWith('IpAddress')) return parseRange(value) ? undefined : `${operator} takes an address or a range`;
  if (operator.startsWith('Arn') && value !== '*' && value.split(':').length < 6) return `${operator} takes an ARN`;
  return undefined;
}

function holds(condition: Condition, context: RequestContext): boolean {
  const requested = context.get(condition.key) ?? [];
  const absent = requested.length === 0;
  if (condition.operator === 'Null') {
    return condition.values.some((value) => (value.toLowerCase() === 'true') === absent);
  }
  const definition = OPERATORS[condition.operator];
  if (!definition) throw new Error(`The operator ${condition.operator} was not refused when its policy was saved.`);
  const { test, negated } = definition;
  if (absent) {
    if (condition.ifExists) return true;
    if (condition.set) return condition.set === 'ForAllValues';
    // A key that is not in the request matches nothing, so "does not equal" is true of it.
    return negated;
  }
  const one = (value: string) => condition.values.some((inPolicy) => test(value, inPolicy)) !== negated;
  return condition.set === 'ForAnyValue' ? requested.some(one) : requested.every(one);
}

/** ISO 8601 or seconds since 1970, as AWS's Date operators take them; NaN for anything else. */
function time(value: string): number {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  return /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) ? Date.parse(value) : Number.NaN;
}

function inRange(address: string, range: string): boolean {
  const parsed = parseRange(range);
  if (!parsed) return false;
  const list = new BlockList();
  list.addSubnet(parsed.network, parsed.prefix, parsed.family);
  return (isIPv4(address) || isIPv6(address)) && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function parseRange(range: string): { network: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [network = '', prefixText, ...rest] = range.split('/');
  const family = isIPv4(network) ? 'ipv4' : isIPv6(network) ? 'ipv6' : undefined;
  if (!family || rest.length > 0) return undefined;
  const bits = family === 'ipv4' ? 32 : 128;
  if (prefixText === undefined) return { network, prefix: bits, family };
  if (!/^\d{1,3}$/.test(prefixText) || Number(prefixText) > bits) return undefined;
  return { network, prefix: Number(prefixText), family };
}

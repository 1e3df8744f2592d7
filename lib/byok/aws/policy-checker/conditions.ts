/**
 * Whether the conditions of a statement hold for a request. What a request's context will hold is not always known
 * beforehand (from which address it comes): then neither yes nor no is said.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { isInRange } from './addresses.ts';
import { matchesArn, matchesPattern, plainText } from './patterns.ts';
import type { Condition } from './policy-shape.ts';
import { fillIn } from './policy-variables.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/**
 * The values that a request gives for a condition key, named in lower case. None means that the request has no such key;
 * `present` that it has one with a value that nobody knows beforehand, undefined that not even that is known.
 */
export type RequestContext = (key: string) => readonly string[] | 'present' | undefined;

export function conditionsHold(conditions: readonly Condition[], context: RequestContext): Answer {
  const answers = conditions.map((condition) => conditionHolds(condition, context));
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

export function conditionHolds(condition: Condition, context: RequestContext): Answer {
  const { operator, set, ifExists } = condition;
  const requested = context(condition.key.toLowerCase());
  const known = operators[operator];
  if (operator === 'Null') return nullHolds(condition, requested);
  if (!known) return 'unknown';
  if (requested === undefined) return holdsAnyway(condition) && ifExists ? 'yes' : 'unknown';
  const patterns = patternsOf(condition, context);
  if (requested === 'present') {
    if (patterns.length === 0) return answer(known.negated);
    return holdsAnyway(condition) ? 'yes' : 'unknown';
  }
  if (requested.length === 0) {
    if (ifExists) return 'yes';
    if (set) return answer(set === 'ForAllValues');
    // A key that is not in the request equals nothing, so "does not equal" is true of it.
    return answer(known.negated);
  }
  const found = patterns.filter((pattern) => pattern !== undefined);
  const one = (value: string) => found.some((pattern) => known.test(value, pattern)) !== known.negated;
  const holds = set === 'ForAnyValue' ? requested.some(one) : requested.every(one);
  // What a variable stands for could still match, and only that could change the answer.
  const open = patterns.length > found.length && holds === known.negated;
  return open ? 'unknown' : answer(holds);
}

type Operator = { negated: boolean; test: (value: string, pattern: string) => boolean };

const equal = (value: string, pattern: string) => value === plainText(pattern);
const equalInAnyCase = (value: string, pattern: string) => value.toLowerCase() === plainText(pattern).toLowerCase();
const like = (value: string, pattern: string) => matchesPattern(pattern, value);
const arnLike = (value: string, pattern: string) => matchesArn(pattern, value);
const number = (compare: (one: number, other: number) => boolean) => (value: string, pattern: string) =>
  compare(Number(value), Number(pattern));
const date = (compare: (one: number, other: number) => boolean) => (value: string, pattern: string) =>
  compare(timeOf(value), timeOf(pattern));

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { negated: false, test: equal },
  StringNotEquals: { negated: true, test: equal },
  StringEqualsIgnoreCase: { negated: false, test: equalInAnyCase },
  StringNotEqualsIgnoreCase: { negated: true, test: equalInAnyCase },
  StringLike: { negated: false, test: like },
  StringNotLike: { negated: true, test: like },
  ArnEquals: { negated: false, test: arnLike },
  ArnNotEquals: { negated: true, test: arnLike },
  ArnLike: { negated: false, test: arnLike },
  ArnNotLike: { negated: true, test: arnLike },
  Bool: { negated: false, test: equalInAnyCase },
  BinaryEquals: { negated: false, test: equal },
  NumericEquals: { negated: false, test: number((one, other) => one === other) },
  NumericNotEquals: { negated: true, test: number((one, other) => one === other) },
  NumericLessThan: { negated: false, test: number((one, other) => one < other) },
  NumericLessThanEquals: { negated: false, test: number((one, other) => one <= other) },
  NumericGreaterThan: { negated: false, test: number((one, other) => one > other) },
  NumericGreaterThanEquals: { negated: false, test: number((one, other) => one >= other) },
  DateEquals: { negated: false, test: date((one, other) => one === other) },
  DateNotEquals: { negated: true, test: date((one, other) => one === other) },
  DateLessThan: { negated: false, test: date((one, other) => one < other) },
  DateLessThanEquals: { negated: false, test: date((one, other) => one <= other) },
  DateGreaterThan: { negated: false, test: date((one, other) => one > other) },
  DateGreaterThanEquals: { negated: false, test: date((one, other) => one >= other) },
  IpAddress: { negated: false, test: isInRange },
  NotIpAddress: { negated: true, test: isInRange },
};

/** Without set and IfExists. */
export const operatorNames: readonly string[] = [...Object.keys(operators), 'Null'];

/** ISO 8601, or seconds since 1970; NaN for what is neither. */
export function timeOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  return /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(text) ? Date.parse(text) : Number.NaN;
}

function nullHolds({ values }: Condition, requested: ReturnType<RequestContext>): Answer {
  if (requested === undefined) return 'unknown';
  const absent = requested !== 'present' && requested.length === 0;
  return answer(values.some((value) => (value.toLowerCase() === 'true') === absent));
}

/** Whatever the value is, it fits. */
function holdsAnyway({ operator, values }: Condition): boolean {
  return ['StringLike', 'ArnLike', 'ArnEquals'].includes(operator) && values.some((value) => /^\*+$/.test(value));
}

/** What the values are compared with: a variable without a value leaves none, undefined is not known beforehand. */
function patternsOf({ values, withVariables }: Condition, context: RequestContext): (string | undefined)[] {
  if (!withVariables) return values;
  return values.map((value) => fillIn(value, context)).filter((value) => value !== null);
}

function answer(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}

/**
 * Whether the conditions of a statement hold for a request. What a request's context will hold is not always known
 * beforehand (from which address it comes): then neither yes nor no is said.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { type Condition, matchesPattern } from './policy-shape.ts';

export type Answer = 'yes' | 'no' | 'unknown';

/**
 * The values that a request gives for a condition key, named in lower case. None means that the request has no such key,
 * undefined that nobody knows beforehand.
 */
export type RequestContext = (key: string) => readonly string[] | undefined;

export function conditionsHold(conditions: readonly Condition[], context: RequestContext): Answer {
  const answers = conditions.map((condition) => conditionHolds(condition, context));
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

export function conditionHolds(condition: Condition, context: RequestContext): Answer {
  const { operator, values, set, ifExists } = condition;
  const requested = context(condition.key.toLowerCase());
  if (requested === undefined) return 'unknown';
  const absent = requested.length === 0;
  if (operator === 'Null') return answer(values.some((value) => (value.toLowerCase() === 'true') === absent));
  const known = operators[operator];
  if (!known) return 'unknown';
  if (absent) {
    if (ifExists) return 'yes';
    if (set) return answer(set === 'ForAllValues');
    // A key that is not in the request equals nothing, so "does not equal" is true of it.
    return answer(known.negated);
  }
  const one = (value: string) => values.some((pattern) => known.test(value, pattern)) !== known.negated;
  return answer(set === 'ForAnyValue' ? requested.some(one) : requested.every(one));
}

type Operator = { negated: boolean; test: (value: string, pattern: string) => boolean };

const equal = (value: string, pattern: string) => value === pattern;
const equalInAnyCase = (value: string, pattern: string) => value.toLowerCase() === pattern.toLowerCase();
const like = (value: string, pattern: string) => matchesPattern(pattern, value);

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { negated: false, test: equal },
  StringNotEquals: { negated: true, test: equal },
  StringEqualsIgnoreCase: { negated: false, test: equalInAnyCase },
  StringNotEqualsIgnoreCase: { negated: true, test: equalInAnyCase },
  StringLike: { negated: false, test: like },
  StringNotLike: { negated: true, test: like },
  ArnEquals: { negated: false, test: like },
  ArnNotEquals: { negated: true, test: like },
  ArnLike: { negated: false, test: like },
  ArnNotLike: { negated: true, test: like },
  Bool: { negated: false, test: equalInAnyCase },
};

function answer(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}

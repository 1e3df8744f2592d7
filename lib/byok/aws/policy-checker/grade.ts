import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-words.ts';
import { isMet, isSurelyMet } from './need.ts';
import type { CheckerValues, PolicyKind, Statement } from './policy-shape.ts';

/**
 * What is found of an Allow, in the light of the others. Allows add up: that one gives us nothing is a fault only where the
 * others do not give it either.
 */
export function gradeFindings(
  found: readonly Finding[],
  statements: readonly Statement[],
  kind: PolicyKind,
  values: CheckerValues,
): Finding[] {
  const met = isMet(statements, kind, values);
  const isIdle = ({ code, statement }: Finding) => {
    if (met && powerless.includes(code)) return true;
    if (!unsure.includes(code)) return false;
    const others = statements.filter(({ at }) => at !== statement);
    return isSurelyMet(others, kind, values);
  };
  return found.flatMap((finding) => {
    if (!isIdle(finding)) return [finding];
    // The trust is real, whoever it is that has our role's name elsewhere.
    return finding.code === 'wrong-account' && kind === 'trust' ? [{ ...finding, code: 'others-trusted' }] : [];
  });
}

/** The statement gives us nothing, or not all that it names. */
const powerless: readonly FindingCode[] = [
  'without-effect',
  'wrong-account',
  'session-named',
  'external-id-wrong',
  'resource-is-alias',
  'resource-of-few-parts',
  'resource-wrong',
  'context-wrong',
  'context-lacks-tenant',
  'context-on-describe',
  'condition-excludes-us',
];

/** It may give us nothing, now or one day. */
const unsure: readonly FindingCode[] = ['condition-may-exclude-us', 'condition-ends'];

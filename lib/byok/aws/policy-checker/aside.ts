import { tenantConditionKey } from '../policies.ts';
import type { Finding } from './finding.ts';
import { findingWords } from './finding-words.ts';
import { give, helps, isMet } from './need.ts';
import type { CheckerValues, PolicyKind, Statement } from './policy-shape.ts';
import { problemOfPrincipal } from './principal-names.ts';
import { principalFindings } from './principal-rules.ts';
import { assumeRole, coversAction, coversKey, cryptographicFor, describeKey, tenantsOf } from './request.ts';
import { demandsContext } from './whose.ts';

/**
 * Allows that can never match a request of ours and that nothing of ours hangs on, since others do what they would do: the
 * role's use of a bucket, another key, another environment's external ID. They are for somebody or something else, though
 * they name us. `refused`: what AWS refuses of the policy's words.
 */
export function asideIn(
  statements: readonly Statement[],
  refused: readonly Finding[],
  kind: PolicyKind,
  values: CheckerValues,
): Set<Statement> {
  const met = isMet(statements, kind, values);
  const barred = new Set(refused.filter(isUnsavable).map(({ statement }) => statement));
  return new Set(
    statements.filter((statement) => {
      if (statement.effect === 'Deny' || barred.has(statement.at) || helps(statement, kind, values)) return false;
      // While the key is not known, what demands our context may be about it.
      if (kind !== 'trust' && values.keyArn === null && demandsContext(statement)) return false;
      if (!standsFor(statement, kind, values)) return false;
      const needed = actionsFor(kind, values).filter((action) => coversAction(statement, action));
      // Whom a trust lets in with our external ID was meant to be us.
      if (kind === 'trust' && meansUs(statement, kind, values)) return false;
      if (met) return needed.length > 0 || (kind === 'permission' && !coversKey(statement, values));
      const others = statements.filter((one) => one !== statement && one.effect === 'Allow');
      const isSpokenFor = (action: string) =>
        others.some(
          (one) => coversAction(one, action) && (give([one], action, kind, values) || meansUs(one, kind, values)),
        );
      return needed.length > 0 && !meansUs(statement, kind, values) && needed.every(isSpokenFor);
    }),
  );
}

/** AWS would not save the statement as it is, and its words cannot be fixed without changing what they say. */
function isUnsavable({ code }: Finding): boolean {
  const fixed: readonly Finding['code'][] = ['bad-sid', 'sid-twice', 'resource-not-allowed', 'principal-not-allowed'];
  return findingWords[code].severity === 'refused' && !fixed.includes(code);
}

/** Whether its principals are such as can be left as they are. */
function standsFor(statement: Statement, kind: PolicyKind, values: CheckerValues): boolean {
  if (kind === 'permission') return true;
  const { principals } = statement;
  if (!principals || principals.inverted) return false;
  if (principals.list.some(({ type, name }) => type !== '*' && problemOfPrincipal(type, name) !== undefined))
    return false;
  const left: readonly Finding['code'][] = ['others-trusted', 'wrong-account', 'session-named'];
  return principalFindings(statement, kind, values, 'ours').every(({ code }) => left.includes(code));
}

function actionsFor(kind: PolicyKind, values: CheckerValues): string[] {
  return kind === 'trust' ? [assumeRole] : [...cryptographicFor(values), describeKey];
}

/** It demands what we alone present, of the key that is meant. */
function meansUs(statement: Statement, kind: PolicyKind, values: CheckerValues): boolean {
  const [key, own] =
    kind === 'trust' ? ['sts:ExternalId', [values.externalId]] : [tenantConditionKey, tenantsOf(values)];
  const demands = statement.conditions.some(
    (line) => line.key.toLowerCase() === key.toLowerCase() && line.values.some((value) => own.includes(value)),
  );
  return demands && (kind === 'trust' || coversKey(statement, values));
}

import type { PolicyKind } from './policy-shape.ts';
import type { Json } from './read-json.ts';
import { isObject, texts } from './statement-grammar.ts';

/**
 * By what a policy speaks of: one that names nobody says what a role may do; of the others, one about assuming a role, without
 * a resource, is a trust policy.
 */
export function recogniseKind(raw: readonly Json[]): PolicyKind {
  const statements = raw.filter(isObject);
  const names = new Set(statements.flatMap((one) => Object.keys(one)));
  const actions = statements.flatMap(({ Action, NotAction }) => texts(Action ?? NotAction));
  const assumes = actions.some((action) => /^sts:/i.test(action));
  const named = names.has('Principal') || names.has('NotPrincipal');
  const placed = names.has('Resource') || names.has('NotResource');
  if (!named) return assumes && !placed ? 'trust' : 'permission';
  const usesKey = actions.some((action) => /^kms:/i.test(action));
  if (assumes && !(placed && usesKey)) return 'trust';
  return placed || usesKey ? 'key' : 'trust';
}

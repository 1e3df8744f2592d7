/**
 * Whom a statement really lets in: principals as they are named, narrowed by its conditions on who asks. A condition that a
 * stranger can meet narrows nothing.
 */

import { arnParts, hasWildcard, matchesPattern, patternsMeet } from './patterns.ts';
import type { Condition, Principal, Statement } from './policy-shape.ts';
import { forAnybody } from './policy-variables.ts';

/**
 * The principals, each as narrow as the conditions make it: the roles that a condition names exactly, the account, or
 * `narrowed` where they are some that we do not know. `*` is left where everyone is let in.
 */
export function reachOf({ principals, conditions }: Statement): Principal[] {
  if (!principals) return [];
  const lines = conditions.filter(narrows);
  const arns = exactOf(lines, ['aws:principalarn']);
  const accounts = exactOf(lines, ['aws:principalaccount', 'kms:calleraccount']);
  const patternAccounts = accountsOfPatterns(lines);
  const named: Principal[] = principals.inverted ? [{ type: '*', name: '*' }] : principals.list;
  return named.flatMap((principal): Principal[] => {
    const account = accountOf(principal);
    if (principal.type !== '*' && account === undefined) return [principal];
    const inside = (list: readonly string[]) =>
      list.filter((arn) => account === undefined || arnParts(arn)[4] === account);
    if (arns) return inside(arns).map((name) => ({ type: 'AWS', name }));
    if (principal.type !== '*') return [principal];
    const only = accounts ?? patternAccounts;
    if (only) return only.map((name) => ({ type: 'AWS', name }));
    return [lines.length > 0 ? { type: 'narrowed', name: '*' } : principal];
  });
}

/** The account that a principal stands for as a whole. */
export function accountOf({ type, name }: Principal): string | undefined {
  if (type !== 'AWS') return undefined;
  return /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1];
}

/** An account that no policy names. */
const stranger = '000000000000';
const strangers = `arn:*:*::${stranger}:*`;

function narrows({ key, operator, values, ifExists, set }: Condition): boolean {
  const compares = /^(String|Arn)(Equals|Like)(IgnoreCase)?$/.exec(operator);
  if (!compares || ifExists || set === 'ForAllValues') return false;
  const [, family, how] = compares;
  const asPattern = family === 'Arn' || how === 'Like';
  return values.every((value) => {
    const text = forAnybody(value);
    // Where an operator compares as text, a star is a star.
    if (!asPattern && text === value) return keyNarrows(key.toLowerCase(), text, 'text');
    return keyNarrows(key.toLowerCase(), text, family === 'Arn' ? 'arn' : 'pattern');
  });
}

function keyNarrows(key: string, value: string, how: 'text' | 'pattern' | 'arn'): boolean {
  const isFixed = how === 'text' || !hasWildcard(value);
  switch (key) {
    case 'aws:principalarn':
    case 'aws:sourcearn':
      if (how === 'text') return true;
      if (how === 'pattern') return !patternsMeet(value, strangers);
      if (value === '*') return false;
      return arnParts(value).length !== 6 || !matchesPattern(arnParts(value)[4] ?? '', stranger);
    case 'aws:principalorgpaths':
    case 'aws:sourceorgpaths':
      return isFixed || !hasWildcard(value.split('/')[0] ?? '*');
    case 'aws:userid':
      return isFixed || !hasWildcard(value.split(':')[0] ?? '*');
    case 'aws:principalaccount':
    case 'aws:principalorgid':
    case 'aws:sourceaccount':
    case 'aws:sourceorgid':
    case 'aws:sourceowner':
    case 'aws:sourcevpc':
    case 'aws:sourcevpce':
    case 'kms:calleraccount':
      return isFixed;
    default:
      return false;
  }
}

/** What one of the lines pins these keys to, undefined where none does. */
function exactOf(lines: readonly Condition[], keys: readonly string[]): string[] | undefined {
  const line = lines.find(
    ({ key, operator, values }) =>
      keys.includes(key.toLowerCase()) &&
      (operator === 'StringEquals' || !values.some(hasWildcard)) &&
      !values.some((value) => value.includes('${')),
  );
  return line?.values;
}

/** The accounts that the patterns of a line on the principal's ARN leave. */
function accountsOfPatterns(lines: readonly Condition[]): string[] | undefined {
  const line = lines.find(({ key }) => key.toLowerCase() === 'aws:principalarn');
  const accounts = line?.values.map((value) => arnParts(value)[4] ?? '');
  return accounts?.every((account) => /^\d{12}$/.test(account)) ? [...new Set(accounts)] : undefined;
}

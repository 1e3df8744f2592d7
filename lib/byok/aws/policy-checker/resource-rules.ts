import { parseKeyReference } from '../arn.ts';
import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-words.ts';
import { arnParts, hasWildcard, matchesArn } from './patterns.ts';
import type { CheckerValues, PolicyKind, Statement } from './policy-shape.ts';
import { coversKey, coversKeyArn } from './request.ts';

/** Which keys an Allow of ours is about. In a key policy `*` means the key that it belongs to. */
export function resourceFindings(statement: Statement, kind: PolicyKind, values: CheckerValues): Finding[] {
  const { resources } = statement;
  if (!resources) return [];
  const finding = (code: FindingCode, detail?: string): Finding => ({
    code,
    statement: statement.at,
    field: resources.inverted ? 'NotResource' : 'Resource',
    ...(detail === undefined ? {} : { detail }),
  });
  if (resources.list.length === 0) return [finding('without-effect')];
  if (resources.inverted) return [finding('not-resource')];
  if (kind === 'permission' && knowsNoResource(statement)) return [];
  const covered = coversKey(statement, values) || resources.list.some((name) => mayBeOurs(name, values));
  if (covered) {
    const more = resources.list.filter((name) => !isJustOurs(name, kind, values));
    return more.map((name) => finding(kind === 'key' ? 'stray-resource' : 'resource-too-wide', name));
  }
  return resources.list.map((name) => finding(isAlias(name) ? 'resource-is-alias' : whyNot(name), name));
}

/** A statement of others in a key policy is about this key, or about nothing. */
export function strayResourceFindings({ at, resources }: Statement, values: CheckerValues): Finding[] {
  if (!resources || resources.inverted) return [];
  if (resources.list.length === 0) {
    return [{ code: 'stray-resource', statement: at, field: 'Resource', detail: 'it is missing' }];
  }
  const { keyArn, keyAccountId, region } = values;
  const isThisKey = (name: string) =>
    name === '*' ||
    (keyArn !== null
      ? matchesArn(name, keyArn)
      : arnParts(name)[2] === 'kms' && name.includes(`${region}:${keyAccountId}`));
  const stray = resources.list.filter((name) => !isThisKey(name));
  return stray.map((name) => ({ code: 'stray-resource', statement: at, field: 'Resource', detail: name }));
}

/** Listing aliases is allowed for all of an account or not at all: https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html */
function knowsNoResource({ actions }: Statement): boolean {
  return !actions.inverted && actions.list.every((action) => action.toLowerCase() === 'kms:listaliases');
}

function isJustOurs(name: string, kind: PolicyKind, values: CheckerValues): boolean {
  // A key policy is about its own key, however the key is named there.
  if (kind === 'key' && coversKeyArn(name, values)) return true;
  if (name === '*') return false;
  return name === values.keyArn || mayBeOurs(name, values) || (values.otherKeyArns ?? []).includes(name);
}

/** While the key is not known, any one key of this account and region may be it. */
function mayBeOurs(name: string, { keyArn, region, keyAccountId }: CheckerValues): boolean {
  if (keyArn !== null) return false;
  const key = parseKeyReference(name);
  return key.ok && key.value.kind === 'key' && key.value.region === region && key.value.accountId === keyAccountId;
}

export function isAlias(name: string): boolean {
  return arnParts(name)[2] === 'kms' && arnParts(name)[5]?.startsWith('alias/') === true;
}

function whyNot(name: string): FindingCode {
  return hasWildcard(name) && name !== '*' && arnParts(name).length < 6 ? 'resource-of-few-parts' : 'resource-wrong';
}

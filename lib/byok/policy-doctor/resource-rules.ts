import { parseKeyReference } from '../arn.ts';
import type { Finding } from './finding.ts';
import type { FindingCode } from './finding-words.ts';
import type { DoctorValues, PolicyKind, Statement } from './policy-shape.ts';

/** Which keys an Allow is about. In a key policy `*` means the key that it belongs to. */
export function resourceFindings(statement: Statement, kind: PolicyKind, values: DoctorValues): Finding[] {
  if (!statement.resources) return [];
  if (statement.resources.inverted) return [{ code: 'not-resource', statement: statement.at, field: 'NotResource' }];
  return statement.resources.list.flatMap((name) => {
    const every = name === '*' && (kind === 'key' || knowsNoResource(statement));
    const code = every ? undefined : problemOf(name, values);
    return code ? [{ code, statement: statement.at, field: 'Resource', detail: name }] : [];
  });
}

/** Listing aliases is allowed for all of an account or not at all: https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html */
function knowsNoResource({ actions }: Statement): boolean {
  return !actions.inverted && actions.list.every((action) => action.toLowerCase() === 'kms:listaliases');
}

function problemOf(name: string, values: DoctorValues): FindingCode | undefined {
  if (name === values.keyArn) return undefined;
  const { partition, region, keyAccountId } = values;
  const wanted = ['arn', partition, 'kms', region, keyAccountId];
  const given = name.split(':');
  if (name === '*') return 'resource-too-wide';
  if (given[2] === 'kms' && given[5]?.startsWith('alias/')) return 'resource-is-alias';
  const elsewhere = wanted.some((part, at) => given[at] !== part && !/[*?]/.test(given[at] ?? ''));
  if (elsewhere) return 'resource-wrong';
  if (/[*?]/.test(name)) return 'resource-too-wide';
  const key = parseKeyReference(name);
  // While the key is not known, any one key of this account and region may be it.
  return values.keyArn === null && key.ok && key.value.kind === 'key' ? undefined : 'resource-wrong';
}

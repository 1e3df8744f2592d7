/** What AWS refuses of a document as a whole: its length and its characters. */
import { formatCount } from '../../format.ts';
import { forbiddenIn, nameOfCharacter } from './characters.ts';
import type { Finding } from './finding.ts';
import type { PolicyKind } from './policy-shape.ts';
import type { Json } from './read-json.ts';

/**
 * IAM does not count white space, KMS counts bytes. Up to `most`, AWS takes it after all where a quota was raised, or where it
 * is put in as an inline policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 */
const limits = {
  trust: { usual: 2_048, most: 8_192, unit: 'characters without white space' },
  permission: { usual: 6_144, most: 10_240, unit: 'characters without white space' },
  key: { usual: 32_768, most: 32_768, unit: 'bytes' },
} as const satisfies Record<PolicyKind, { usual: number; most: number; unit: string }>;

export function lengthFindings(text: string, kind: PolicyKind): Finding[] {
  const { usual, most, unit } = limits[kind];
  const length = kind === 'key' ? new TextEncoder().encode(text).length : text.replace(/\s/g, '').length;
  if (length <= usual) return [];
  const limit = formatCount(length > most ? most : usual);
  const code = length > most ? 'too-long' : kind === 'trust' ? 'longer-than-usual' : 'longer-than-managed';
  return [{ code, statement: null, field: null, detail: `${formatCount(length)} of ${limit} ${unit}` }];
}

/** Whether it is so much too long that nothing else matters. */
export function isHopeless(text: string): boolean {
  return text.replace(/\s/g, '').length > 2 * limits.key.most;
}

/** `at` is the statement's place, null for what stands beside the statements. */
export function characterFindings(value: Json, at: number | null): Finding[] {
  const found = firstForbidden(value);
  if (!found) return [];
  const detail = `${nameOfCharacter(found.character)} in “${found.text}”`;
  return [{ code: 'forbidden-character', statement: at, field: found.field, detail }];
}

type Forbidden = { character: string; text: string; field: string | null };

function firstForbidden(value: Json, field: string | null = null): Forbidden | undefined {
  if (typeof value === 'string') {
    const character = forbiddenIn(value);
    return character === undefined ? undefined : { character, text: value.slice(0, 200), field };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inside] of Object.entries(value)) {
    const within = field ?? (Array.isArray(value) ? null : name);
    const found = firstForbidden(name, within) ?? firstForbidden(inside, within);
    if (found) return found;
  }
  return undefined;
}

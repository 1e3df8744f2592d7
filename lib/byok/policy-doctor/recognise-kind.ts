import type { PolicyKind } from './policy-shape.ts';
import type { Json } from './read-json.ts';

/** By what a policy speaks of: who may assume a role, who may use a key, or, without anybody named, what a role may do. */
export function recogniseKind(raw: readonly Json[]): PolicyKind {
  const text = JSON.stringify(raw);
  const names = raw.flatMap((one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.keys(one) : [],
  );
  if (/"sts:(?:AssumeRole|ExternalId|\*)/i.test(text) && !/"kms:/i.test(text.replaceAll('kms:Encryption', '')))
    return 'trust';
  const named = names.includes('Principal') || names.includes('NotPrincipal');
  if (!named) return 'permission';
  const placed = names.includes('Resource') || names.includes('NotResource');
  return placed || /"kms:/i.test(text) ? 'key' : 'trust';
}

import type { OperationError } from '#lib/byok/errors.ts';

/** Who was first, and with what: a sentence of a conflict, or null for any other refusal. */
export function whoAndWhat({ code, details }: Pick<OperationError, 'code' | 'details'>): string | null {
  if (code !== 'conflict' || details?.by === undefined) return null;
  const { by, change, revision } = details;
  return typeof change === 'string' ? `${by}: ${change} (revision ${revision}).` : `${by} saved revision ${revision}.`;
}

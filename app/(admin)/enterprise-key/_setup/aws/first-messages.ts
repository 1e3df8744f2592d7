import type { Problem } from '#lib/byok/aws/connect-problems.ts';

/** The first of what is wrong, by field. */
export function firstMessages<Field extends string>(
  problems: readonly Problem<Field>[],
): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {};
  for (const { field, message } of problems) found[field] ??= message;
  return found;
}

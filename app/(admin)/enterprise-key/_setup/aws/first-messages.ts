import type * as z from '#lib/byok/zod-config.ts';

/** The first of what is wrong, by field. */
export function firstMessages(parsed: z.ZodSafeParseResult<unknown>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { path, message } of parsed.error?.issues ?? []) found[path.join('.')] ??= message;
  return found;
}

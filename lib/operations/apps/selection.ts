import { z } from 'zod';

const ids = z.array(z.uuid()).max(100_000);

/** Which apps and bots: all, these, or all but these. */
export const selectionSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('all') }),
  z.object({ mode: z.literal('only'), ids }),
  z.object({ mode: z.literal('all-except'), ids }),
]);

export type Difference = { added: string[]; removed: string[] };

export function difference(before: string[], after: string[]): Difference {
  const [was, is] = [new Set(before), new Set(after)];
  return { added: after.filter((id) => !was.has(id)), removed: before.filter((id) => !is.has(id)) };
}

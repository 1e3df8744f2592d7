/**
 * What the provider said of a key when it was last looked at: kept with a test's report and a key version, shown on the key's page,
 * and warned of where it expires. What it did not permit us to see is null, never an empty list.
 */
import * as z from './zod-config.ts';

export const keyFactsSchema = z.object({
  /** Whether the key may be described: without it nothing else is known of it. */
  described: z.boolean(),
  /** When imported material expires, ISO 8601; null where it does not or is not known. */
  validTo: z.string().nullable(),
  rotatesByItself: z.boolean().nullable(),
  description: z.string().nullable(),
  /** Names that lead to the key. */
  aliases: z.array(z.string()).nullable(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).nullable(),
  /** Whether the key may be asked for data keys; where not, Keyward makes them and has them wrapped. */
  generates: z.boolean(),
  seenAt: z.string(),
  /** What only this provider tells of a key, by names and in codes of its own: its rules word them. */
  own: z.record(z.string(), z.string().nullable()),
});
export type KeyFacts = z.infer<typeof keyFactsSchema>;

/** Stored facts; null where there are none, or they cannot be read. */
export function readKeyFacts(stored: unknown): KeyFacts | null {
  const parsed = keyFactsSchema.safeParse(withOwn(stored));
  return parsed.success ? parsed.data : null;
}

/** Facts were stored flat, a provider's own among the others, and a key that may not be described had none of its own. */
function withOwn(stored: unknown): unknown {
  const flat = z.record(z.string(), z.unknown()).safeParse(stored);
  if (!flat.success || 'own' in flat.data) return stored;
  const own = Object.fromEntries(Object.entries(flat.data).filter(([name]) => !(name in keyFactsSchema.shape)));
  return { ...flat.data, described: Object.values(own).some((value) => value !== null), own };
}

/** One of them in the words of the screens, with what it means where that is not plain. */
export type FactWords = { label: string; value: string; meaning?: string };

/**
 * What the provider said of a key when it was last looked at: kept with a test's report and a key version, shown on the key's page,
 * and warned of where it expires. What it did not permit us to see is null, never an empty list.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
import { z } from './zod-config.ts';

export const keyOrigins = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
export type KeyOrigin = (typeof keyOrigins)[number];

export const keyFactsSchema = z.object({
  /** null: describing the key is not permitted. */
  origin: z.enum(keyOrigins).nullable(),
  /** When imported material expires, ISO 8601; null where it does not or is not known. */
  validTo: z.string().nullable(),
  multiRegion: z.enum(['single', 'primary', 'replica']).nullable(),
  customKeyStoreId: z.string().nullable(),
  rotatesByItself: z.boolean().nullable(),
  description: z.string().nullable(),
  /** Names that lead to the key, `alias/…`. */
  aliases: z.array(z.string()).nullable(),
  tags: z.array(z.object({ key: z.string(), value: z.string() })).nullable(),
  /** Whether GenerateDataKey is permitted; where not, Keyward makes data keys and has them wrapped. */
  generates: z.boolean(),
  seenAt: z.string(),
});
export type KeyFacts = z.infer<typeof keyFactsSchema>;

/** Stored facts; null where there are none, or they are of an older shape. */
export function readKeyFacts(stored: unknown): KeyFacts | null {
  const parsed = keyFactsSchema.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** One of them in the words of the screens, with what it means where that is not plain. */
export type FactWords = { label: string; value: string; meaning?: string };

const day = 86_400_000;

/** From this many days before imported material expires, people are warned. */
export const warnDaysBefore = 30;

/** Whole days until then, never below 0; null where nothing expires. */
export function daysUntil(validTo: string | null, now: Date): number | null {
  if (validTo === null) return null;
  return Math.max(0, Math.floor((Date.parse(validTo) - now.getTime()) / day));
}

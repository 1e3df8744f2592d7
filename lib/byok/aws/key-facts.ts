/**
 * What only AWS tells of a key: kept in `own` of its facts.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
import type { KeyFacts } from '../key-facts.ts';
import * as z from '../zod-config.ts';

export const keyOrigins = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
export type KeyOrigin = (typeof keyOrigins)[number];

const schema = z.object({
  /** null: describing the key is not permitted. */
  origin: z.enum(keyOrigins).nullable().catch(null),
  multiRegion: z.enum(['single', 'primary', 'replica']).nullable().catch(null),
  customKeyStoreId: z.string().nullable().catch(null),
});
export type AwsKeyFacts = z.infer<typeof schema>;

/** What is not known of a key that may not be described. */
export const noAwsFacts: AwsKeyFacts = { origin: null, multiRegion: null, customKeyStoreId: null };

/** What AWS does not know (any more) counts as not seen. */
export function awsFactsOf({ own }: Pick<KeyFacts, 'own'>): AwsKeyFacts {
  return schema.parse(own);
}

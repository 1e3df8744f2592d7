/**
 * What only AWS tells of a key: kept in `own` of its facts.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html
 */
import type { KeyFacts } from '../key-facts.ts';

export const keyOrigins = ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const;
export type KeyOrigin = (typeof keyOrigins)[number];

const multiRegions = ['single', 'primary', 'replica'] as const;

export type AwsKeyFacts = {
  /** null: describing the key is not permitted. */
  origin: KeyOrigin | null;
  multiRegion: (typeof multiRegions)[number] | null;
  customKeyStoreId: string | null;
};

/** What is not known of a key that may not be described. */
export const noAwsFacts: AwsKeyFacts = { origin: null, multiRegion: null, customKeyStoreId: null };

/** What AWS does not know (any more) counts as not seen. */
export function awsFactsOf({ own }: Pick<KeyFacts, 'own'>): AwsKeyFacts {
  return {
    origin: keyOrigins.find((one) => one === own.origin) ?? null,
    multiRegion: multiRegions.find((one) => one === own.multiRegion) ?? null,
    customKeyStoreId: own.customKeyStoreId ?? null,
  };
}

/** What AWS said of a key, in the words of the screens: each fact with what it means where that is not plain. */

import { countOf, formatMinute } from '../format.ts';
import type { FactWords, KeyFacts } from '../key-facts.ts';
import { visible } from '../visible-text.ts';
import { type AwsKeyFacts, awsFactsOf, type KeyOrigin } from './key-facts.ts';

const notSeen = 'No permission';

export function multiRegionWords(multiRegion: AwsKeyFacts['multiRegion']): FactWords {
  const label = 'Regionality';
  switch (multiRegion) {
    case null:
      return { label, value: notSeen };
    case 'single':
      return {
        label,
        value: 'Single-Region key',
        meaning: 'Its material never leaves this region. While the region is down, so is the key.',
      };
    case 'primary':
      return {
        label,
        value: 'Multi-Region key, primary',
        meaning:
          'A replica in another region has the same material and a different ARN. Keyward uses only the key named here. To use a replica, rotate to its ARN.',
      };
    case 'replica':
      return {
        label,
        value: 'Multi-Region key, replica',
        meaning:
          'The primary is in another region, with a different ARN and the same material. Keyward uses only the key named here. Each has its own key policy and state.',
      };
  }
}

const origins = {
  AWS_KMS: { value: 'AWS KMS', meaning: 'AWS created its material and keeps it.' },
  EXTERNAL: {
    value: 'Imported material',
    meaning: 'You imported its material. Once it expires or is deleted, only you can import it again.',
  },
  AWS_CLOUDHSM: {
    value: 'AWS CloudHSM key store',
    meaning: 'Its material is in your CloudHSM cluster. While the cluster is down, nothing can be decrypted.',
  },
  EXTERNAL_KEY_STORE: {
    value: 'External key store',
    meaning: 'Its material is outside AWS. While your key manager or its proxy is down, nothing can be decrypted.',
  },
} as const satisfies Record<KeyOrigin, { value: string; meaning: string }>;

/** Everything that is known, in the order in which it matters. `daysLeft`: until imported material expires. */
export function factWords(facts: KeyFacts, daysLeft: number | null): FactWords[] {
  const { origin, multiRegion, customKeyStoreId } = awsFactsOf(facts);
  return [
    { label: 'Origin', ...(origin === null ? { value: notSeen } : origins[origin]) },
    expiryWords(facts, daysLeft),
    multiRegionWords(multiRegion),
    ...(customKeyStoreId ? [{ label: 'Key store', value: customKeyStoreId }] : []),
    { label: 'Automatic rotation by AWS', value: rotationWords(facts.rotatesByItself, origin) },
  ];
}

/** Aliases, description and tags of the key in AWS. */
export function labelWords(facts: KeyFacts): FactWords[] {
  return [
    { label: 'Aliases in AWS', value: visible(listed(facts.aliases)) },
    { label: 'Description in AWS', value: facts.description === null ? notSeen : visible(facts.description) || 'None' },
    {
      label: 'Tags in AWS',
      value: visible(listed(facts.tags?.map(({ key, value }) => (value ? `${key}=${value}` : key)) ?? null)),
    },
  ];
}

function expiryWords(facts: KeyFacts, daysLeft: number | null): FactWords {
  const label = 'Expires';
  if (facts.validTo === null) return { label, value: facts.described ? 'Never' : notSeen };
  const left =
    daysLeft === null ? '' : daysLeft === 0 ? ', less than a day left' : `, ${countOf(daysLeft, 'day')} left`;
  return {
    label,
    value: `${formatMinute(facts.validTo)}${left}`,
    meaning: 'AWS then deletes the material. Nothing under this key can be read until you import it again.',
  };
}

function rotationWords(rotatesByItself: KeyFacts['rotatesByItself'], origin: KeyOrigin | null): string {
  if (rotatesByItself !== null) return rotatesByItself ? 'On' : 'Off';
  return origin === null || origin === 'AWS_KMS' ? notSeen : 'Does not apply';
}

function listed(values: readonly string[] | null): string {
  if (values === null) return notSeen;
  return values.length === 0 ? 'None' : values.join(', ');
}

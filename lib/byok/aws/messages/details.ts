import { formatCount, plural } from '../../format.ts';
import type { Sentences } from '../../messages/message.ts';
import { multiRegionWords } from '../fact-words.ts';
import type { AwsKeyFacts } from '../key-facts.ts';
import { regions } from '../regions.ts';
import { hangingWords } from './findings.ts';

/** What a detail of a finding is called. */
const labels = {
  'label-access-key-id': () => 'Access Key ID',
  'label-account-of-key': () => 'Account of the key',
  'label-account-of-role': () => 'Account of the role',
  'label-account-of-user': () => 'Account of the user',
  'label-automatic-rotation': () => 'Automatic rotation',
  'label-aws-error': () => 'AWS error',
  'label-cloudtrail': () => 'In your CloudTrail',
  'label-data-key-pair': () => 'Data key pair',
  'label-days-left': () => 'Days left',
  'label-deletion': () => 'To be deleted',
  'label-difference': () => 'Difference',
  'label-expiry': () => 'Expires',
  'label-home-region': () => 'Home region',
  'label-key': () => 'Key',
  'label-key-arn': () => 'Key ARN',
  'label-key-store': () => 'Key store',
  'label-labels': () => 'Labels',
  'label-look-at': () => 'Look at',
  'label-new-key': () => 'New key',
  'label-not-aws-itself': ({ service }: { service: string }) => `Custom endpoint, ${service}`,
  'label-origin': () => 'Origin',
  'label-pair': () => 'Pair',
  'label-partition': () => 'Partition',
  'label-region': () => 'Region',
  'label-region-of-key': () => 'Region of the key',
  'label-regionality': () => 'Regionality',
  'label-role': () => 'Role',
  'label-same-answer': () => 'AWS gives the same answer for',
  'label-service': ({ service }: { service: string }) => service,
  'label-state': () => 'State',
  'label-type': () => 'Type',
  'label-undescribed': () => 'State, origin and expiry',
  'label-usage': () => 'Usage',
  'label-user-arn': () => 'User ARN',
  'label-version': ({ version }: { version: number }) => `Version ${version}`,
  'label-wrapped': () => 'Wrapped',
} satisfies Sentences;

/** What such a detail says, where it is no name or number. */
const values = {
  'to-be-created': () => 'To be created',
  'created-by-keyward': () => 'To be created by Keyward',
  'named-region': ({ region }: { region: keyof typeof regions }) => `${region}, ${regions[region].name}`,
  'not-told': () => 'unknown',
  'not-permitted-to-see': () => 'No permission',
  'could-not-be-seen': () => 'Could not be seen',
  'does-not-apply': () => 'Does not apply',
  'switched-on': () => 'On',
  'switched-off': () => 'Off',
  'expires-never': () => 'Never',
  'regionality-of-key': ({ multiRegion }: { multiRegion: AwsKeyFacts['multiRegion'] }) =>
    multiRegionWords(multiRegion).value,
  'named-key-store': ({ kind, id }: { kind: keyof typeof stores; id: string }) => `${stores[kind]} ${id}`.trim(),
  'no-pairs-in-key-store': () => 'Not possible in a custom key store',
  'pair-thrown-away': () => 'RSA_2048, thrown away',
  'count-of-bytes': ({ bytes }: { bytes: number }) => `${formatCount(bytes)} bytes`,
  'count-of-minutes': ({ minutes }: { minutes: number }) => `${formatCount(minutes)} minutes`,
  'denied-call-is-ours': ({ call }: { call: string }) =>
    `The denied ${call} call with this request ID is this check. The denial is intended.`,
  'denied-assuming-is-ours': () =>
    'The denied AssumeRole calls with these request IDs are this check. The denials are intended.',
  'refused-listing-is-ours': () =>
    'The refused ListKeys call with this request ID is this check: a refusal is an answer.',
  'refused-labels-are-ours': ({ calls }: { calls: readonly string[] }) =>
    `No permission. The refused ${calls.join(' and ')} in your CloudTrail ${plural(calls.length, 'is', 'are')} from Keyward. Nothing depends on it.`,
  'hanging-on-key': ({ keyRef, code, ...hanging }: HangingOnKey) => `${keyRef}: ${hangingWords(hanging)}, ${code}`,
  'role-alike': () =>
    'a role that does not exist, one that trusts someone else, and one that requires another external ID',
  'trust-of-role': ({ roleName, accountId, serviceRoleArn, externalId }: TrustOfRole) =>
    `${roleName} in account ${accountId}, Trust relationships: Principal ${serviceRoleArn}, sts:ExternalId ${externalId}`,
} satisfies Sentences;

type HangingOnKey = { keyRef: string; records: number; dataKeys: number; code: string };
type TrustOfRole = { roleName: string; accountId: string; serviceRoleArn: string; externalId: string };

const stores = { AWS_CLOUDHSM: 'AWS CloudHSM key store', EXTERNAL_KEY_STORE: 'External key store' } as const;

export const details = { ...labels, ...values };

/**
 * The regions that the simulator plays, of three partitions, from
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 * A credential scope that names any other region is refused.
 */
export const REGIONS: ReadonlySet<string> = new Set([
  'af-south-1',
  'ap-east-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-south-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ca-central-1',
  'ca-west-1',
  'eu-central-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'il-central-1',
  'me-central-1',
  'me-south-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
  'us-gov-east-1',
  'us-gov-west-1',
  'cn-north-1',
  'cn-northwest-1',
]);

/**
 * Partitions share nothing: accounts, roles and credentials of one are unknown in the others.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export type Partition = 'aws' | 'aws-us-gov' | 'aws-cn';

/** For regular expressions over ARNs. */
export const PARTITIONS = 'aws|aws-us-gov|aws-cn';

export function partitionOfRegion(region: string): Partition {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}

export function isPartition(text: string): text is Partition {
  return PARTITIONS.split('|').includes(text);
}

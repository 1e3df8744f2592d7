/**
 * Every AWS region that Keyward knows, with its partition and AWS's own name for it. A region that is not in this list
 * is never dialled: the SDK would make a host name out of whatever text it is given.
 * https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
 */
export type Partition = 'aws' | 'aws-us-gov' | 'aws-cn';
export type Region = keyof typeof regions;

export const partitions = ['aws', 'aws-us-gov', 'aws-cn'] as const satisfies readonly Partition[];

export const regions = {
  'us-east-1': { partition: 'aws', name: 'US East (N. Virginia)' },
  'us-east-2': { partition: 'aws', name: 'US East (Ohio)' },
  'us-west-1': { partition: 'aws', name: 'US West (N. California)' },
  'us-west-2': { partition: 'aws', name: 'US West (Oregon)' },
  'af-south-1': { partition: 'aws', name: 'Africa (Cape Town)' },
  'ap-east-1': { partition: 'aws', name: 'Asia Pacific (Hong Kong)' },
  'ap-east-2': { partition: 'aws', name: 'Asia Pacific (Taipei)' },
  'ap-south-1': { partition: 'aws', name: 'Asia Pacific (Mumbai)' },
  'ap-south-2': { partition: 'aws', name: 'Asia Pacific (Hyderabad)' },
  'ap-southeast-1': { partition: 'aws', name: 'Asia Pacific (Singapore)' },
  'ap-southeast-2': { partition: 'aws', name: 'Asia Pacific (Sydney)' },
  'ap-southeast-3': { partition: 'aws', name: 'Asia Pacific (Jakarta)' },
  'ap-southeast-4': { partition: 'aws', name: 'Asia Pacific (Melbourne)' },
  'ap-southeast-5': { partition: 'aws', name: 'Asia Pacific (Malaysia)' },
  'ap-southeast-6': { partition: 'aws', name: 'Asia Pacific (New Zealand)' },
  'ap-southeast-7': { partition: 'aws', name: 'Asia Pacific (Thailand)' },
  'ap-northeast-1': { partition: 'aws', name: 'Asia Pacific (Tokyo)' },
  'ap-northeast-2': { partition: 'aws', name: 'Asia Pacific (Seoul)' },
  'ap-northeast-3': { partition: 'aws', name: 'Asia Pacific (Osaka)' },
  'ca-central-1': { partition: 'aws', name: 'Canada (Central)' },
  'ca-west-1': { partition: 'aws', name: 'Canada West (Calgary)' },
  'eu-central-1': { partition: 'aws', name: 'Europe (Frankfurt)' },
  'eu-central-2': { partition: 'aws', name: 'Europe (Zurich)' },
  'eu-west-1': { partition: 'aws', name: 'Europe (Ireland)' },
  'eu-west-2': { partition: 'aws', name: 'Europe (London)' },
  'eu-west-3': { partition: 'aws', name: 'Europe (Paris)' },
  'eu-south-1': { partition: 'aws', name: 'Europe (Milan)' },
  'eu-south-2': { partition: 'aws', name: 'Europe (Spain)' },
  'eu-north-1': { partition: 'aws', name: 'Europe (Stockholm)' },
  'il-central-1': { partition: 'aws', name: 'Israel (Tel Aviv)' },
  'me-central-1': { partition: 'aws', name: 'Middle East (UAE)' },
  'me-south-1': { partition: 'aws', name: 'Middle East (Bahrain)' },
  'mx-central-1': { partition: 'aws', name: 'Mexico (Central)' },
  'sa-east-1': { partition: 'aws', name: 'South America (São Paulo)' },
  'us-gov-east-1': { partition: 'aws-us-gov', name: 'AWS GovCloud (US-East)' },
  'us-gov-west-1': { partition: 'aws-us-gov', name: 'AWS GovCloud (US-West)' },
  'cn-north-1': { partition: 'aws-cn', name: 'China (Beijing)' },
  'cn-northwest-1': { partition: 'aws-cn', name: 'China (Ningxia)' },
} as const satisfies Record<string, { partition: Partition; name: string }>;

/** All regions in the order in which AWS lists them, for a Select. */
export const regionList = (Object.keys(regions) as Region[]).map((id) => ({ id, ...regions[id] }));

export function isKnownRegion(text: string): text is Region {
  return Object.hasOwn(regions, text);
}

export function partitionOf(region: Region): Partition {
  return regions[region].partition;
}

/**
 * Partitions that exist and that Keyward does not work in, by how their regions begin. From partitions.json of AWS's SDKs:
 * https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
const unsupported = [
  { partition: 'aws-eusc', regions: /^eusc-/, name: 'the AWS European Sovereign Cloud' },
  { partition: 'aws-iso', regions: /^us-iso-/, name: 'AWS ISO (US)' },
  { partition: 'aws-iso-b', regions: /^us-isob-/, name: 'AWS ISOB (US)' },
  { partition: 'aws-iso-e', regions: /^eu-isoe-/, name: 'AWS ISOE (Europe)' },
  { partition: 'aws-iso-f', regions: /^us-isof-/, name: 'AWS ISOF' },
] as const;

/** What AWS calls a partition that is not supported here, by its own name or by one of its regions. */
export function unsupportedPartition({
  partition,
  region,
}: {
  partition?: string;
  region?: string;
}): string | undefined {
  return unsupported.find((one) => one.partition === partition || (region !== undefined && one.regions.test(region)))
    ?.name;
}

export function isPartition(text: string): text is Partition {
  return (partitions as readonly string[]).includes(text);
}

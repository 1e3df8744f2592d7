/**
 * The host name under which AWS answers for KMS in a region, as some consoles ask for it. Only the region is taken from it,
 * out of the list of known ones; nothing is ever dialled by what somebody typed.
 * https://docs.aws.amazon.com/general/latest/gr/kms.html
 */
import { isKnownRegion, type Partition, partitionOf, type Region } from './regions.ts';

export type KmsDomain = { ok: true; region: Region } | { ok: false; message: string };

/** Ordinary, FIPS and dual-stack endpoints of each partition. */
const suffixes = {
  aws: ['amazonaws.com', 'api.aws'],
  'aws-us-gov': ['amazonaws.com', 'api.aws'],
  'aws-cn': ['amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
} as const satisfies Record<Partition, readonly string[]>;

const known = [...new Set(Object.values(suffixes).flat())].sort((a, b) => b.length - a.length);
const looksLike = 'It looks like kms.ap-south-1.amazonaws.com.';

export function parseKmsDomain(text: string): KmsDomain {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^https:\/\//, '')
    .replace(/(:443)?\/?$/, '')
    .replace(/\.$/, '');
  if (/\.vpce\.amazonaws\.com(\.cn)?$/.test(host)) {
    return refuse(
      'This is a VPC endpoint of your own network, which Keyward cannot reach. Paste the public one, or choose AWS Region.',
    );
  }
  const suffix = known.find((end) => host.endsWith(`.${end}`));
  if (!suffix) return refuse(`This is not a host name of AWS. ${looksLike}`);
  const [service = '', region = '', ...more] = host.slice(0, -suffix.length - 1).split('.');
  if (!['kms', 'kms-fips'].includes(service)) return refuse(`This is not the host name of AWS KMS. ${looksLike}`);
  if (region === '' || more.length > 0) return refuse(`One region has to be between kms and ${suffix}. ${looksLike}`);
  if (!isKnownRegion(region)) return refuse(`There is no AWS region named “${region.slice(0, 40)}”.`);
  const ends: readonly string[] = suffixes[partitionOf(region)];
  if (!ends.includes(suffix)) return refuse(`In ${region} the host name of AWS KMS ends in ${ends[0]}.`);
  return { ok: true, region };
}

function refuse(message: string): KmsDomain {
  return { ok: false, message };
}

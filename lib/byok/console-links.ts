/**
 * Links to the page in AWS where something is to be changed. `baseUrl` is set where AWS is simulated
 * (KEYWARD_AWS_CONSOLE_URL); unset, each partition has a console of its own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (partitions)
 */
import type { Partition } from './regions.ts';

export const consoleUrls = {
  aws: 'https://console.aws.amazon.com',
  'aws-us-gov': 'https://console.amazonaws-us-gov.com',
  'aws-cn': 'https://console.amazonaws.cn',
} as const satisfies Record<Partition, string>;

type Where = { partition: Partition; baseUrl?: string | undefined };

export function rolePageUrl(where: Where & { roleName: string }): string {
  return `${base(where)}/iam/home#/roles/details/${encodeURIComponent(where.roleName)}`;
}

export function createRoleUrl(where: Where): string {
  return `${base(where)}/iam/home#/roles/create`;
}

/** `keyId` is the last part of the key's ARN. */
export function keyPageUrl(where: Where & { region: string; keyId: string }): string {
  const region = encodeURIComponent(where.region);
  return `${base(where)}/kms/home?region=${region}#/kms/keys/${encodeURIComponent(where.keyId)}`;
}

export function createKeyUrl(where: Where & { region: string }): string {
  return `${base(where)}/kms/home?region=${encodeURIComponent(where.region)}#/kms/keys/create`;
}

function base(where: Where): string {
  const given = (where.baseUrl ?? '').replace(/\/+$/, '');
  // The commercial console is the usual setting; it does not know the other partitions' accounts.
  return given === '' || given === consoleUrls.aws ? consoleUrls[where.partition] : given;
}

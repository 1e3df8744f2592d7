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

export function userPageUrl(where: Where & { userName: string }): string {
  return `${base(where)}/iam/home#/users/details/${encodeURIComponent(where.userName)}`;
}

export function createUserUrl(where: Where): string {
  return `${base(where)}/iam/home#/users/create`;
}

export function createRoleUrl(where: Where): string {
  return `${base(where)}/iam/home#/roles/create`;
}

/** `keyId` is the last part of the key's ARN. */
export function keyPageUrl(where: Where & { region: string; keyId: string }): string {
  const region = encodeURIComponent(where.region);
  return `${base(where)}/kms/home?region=${region}#/kms/keys/${encodeURIComponent(where.keyId)}`;
}

/** The keys that are there. */
export function keysUrl(where: Where & { region: string }): string {
  return `${base(where)}/kms/home?region=${encodeURIComponent(where.region)}#/kms/keys`;
}

export function createKeyUrl(where: Where & { region: string }): string {
  return `${base(where)}/kms/home?region=${encodeURIComponent(where.region)}#/kms/keys/create`;
}

/**
 * The page on which a stack is made, with its name and parameters given. AWS's link that needs no further step wants the
 * template in an S3 bucket, so the template is uploaded on this page; parameters that it does not have are ignored.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html
 */
export function createStackUrl(
  where: Where & { region: string; stackName: string; parameters: Readonly<Record<string, string>> },
): string {
  const given = Object.entries(where.parameters).map(([name, value]) => [`param_${name}`, value] as const);
  const query = [['stackName', where.stackName] as const, ...given].map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const region = encodeURIComponent(where.region);
  return `${base(where)}/cloudformation/home?region=${region}#/stacks/create/template?${query.join('&')}`;
}

function base(where: Where): string {
  const given = (where.baseUrl ?? '').replace(/\/+$/, '');
  // The commercial console is the usual setting; it does not know the other partitions' accounts.
  return given === '' || given === consoleUrls.aws ? consoleUrls[where.partition] : given;
}

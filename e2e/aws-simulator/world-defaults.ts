/**
 * What the simulated AWS holds before anybody has done anything: the vendor's account with the role that the service
 * runs as. The credentials open nothing but a simulator on this machine; they are for demonstration and tests.
 */
import type { Partition } from './regions.ts';

export const VENDOR_ACCOUNT_ID = '999988887777';
export const VENDOR_ACCOUNT_NAME = 'Vendor';
export const VENDOR_ROLE_NAME = 'KeywardService';
export const VENDOR_SESSION_NAME = 'demo';
export const VENDOR_ROLE_ARN = `arn:aws:iam::${VENDOR_ACCOUNT_ID}:role/${VENDOR_ROLE_NAME}`;
/** Who GetCallerIdentity says that the vendor's credentials are. */
export const VENDOR_CALLER_ARN = `arn:aws:sts::${VENDOR_ACCOUNT_ID}:assumed-role/${VENDOR_ROLE_NAME}/${VENDOR_SESSION_NAME}`;

export const VENDOR_ACCESS_KEY_ID = 'AKIASIMULATEDVENDOR1';
export const VENDOR_SECRET_ACCESS_KEY = 'simulator-only/opens-nothing-elsewhere/01';

/**
 * Where else the vendor works from: customers of these regions trust a role of another account of the vendor's, in their own
 * partition, which has credentials of its own. First match first; any other region has the role above.
 */
export const VENDOR_ELSEWHERE = [
  { regions: 'ap-*', profile: 'vendor-asia', accountId: '999988886666', partition: 'aws', name: 'Vendor, Asia' },
  {
    regions: 'us-gov-*',
    profile: 'vendor-us-gov',
    accountId: '999988885555',
    partition: 'aws-us-gov',
    name: 'Vendor, GovCloud',
  },
  { regions: 'cn-*', profile: 'vendor-cn', accountId: '999988884444', partition: 'aws-cn', name: 'Vendor, China' },
] as const satisfies readonly {
  regions: string;
  profile: string;
  accountId: string;
  partition: Partition;
  name: string;
}[];

export function vendorRoleArn({ accountId, partition }: { accountId: string; partition: Partition }): string {
  return `arn:${partition}:iam::${accountId}:role/${VENDOR_ROLE_NAME}`;
}

/** None of them is a customer's. */
export function isVendorAccount(accountId: string): boolean {
  return accountId === VENDOR_ACCOUNT_ID || VENDOR_ELSEWHERE.some((one) => one.accountId === accountId);
}

/** Whom a customer in this partition can trust: roles cannot be assumed across. */
export function vendorRoleArnIn(partition: Partition): string {
  const elsewhere = partition === 'aws' ? undefined : VENDOR_ELSEWHERE.find((one) => one.partition === partition);
  return elsewhere ? vendorRoleArn(elsewhere) : VENDOR_ROLE_ARN;
}

/** Credentials of an account of the vendor's, where no others are given. They open nothing but a simulator on this machine. */
export function defaultVendorCredentials(accountId: string): { accessKeyId: string; secretAccessKey: string } {
  if (accountId === VENDOR_ACCOUNT_ID)
    return { accessKeyId: VENDOR_ACCESS_KEY_ID, secretAccessKey: VENDOR_SECRET_ACCESS_KEY };
  return {
    accessKeyId: `AKIASIM${accountId}V`,
    secretAccessKey: `simulator-only/opens-nothing/${accountId}`.padEnd(40, '0'),
  };
}

export const ACME_ACCOUNT_ID = '111122223333';
export const GLOBEX_ACCOUNT_ID = '444455556666';
/** Names shown for well-known demo accounts; any other account is shown by its number. */
export const ACCOUNT_NAMES: Readonly<Record<string, string>> = {
  [ACME_ACCOUNT_ID]: 'Acme',
  [GLOBEX_ACCOUNT_ID]: 'Globex',
  [VENDOR_ACCOUNT_ID]: VENDOR_ACCOUNT_NAME,
  ...Object.fromEntries(VENDOR_ELSEWHERE.map(({ accountId, name }) => [accountId, name])),
};

/**
 * What the simulated AWS holds before anybody has done anything: the vendor's account with the role that the service
 * runs as. The credentials open nothing but a simulator on this machine; they are for demonstration and tests.
 */
export const VENDOR_ACCOUNT_ID = '999988887777';
export const VENDOR_ACCOUNT_NAME = 'Vendor';
export const VENDOR_ROLE_NAME = 'KeywardService';
export const VENDOR_SESSION_NAME = 'demo';
export const VENDOR_ROLE_ARN = `arn:aws:iam::${VENDOR_ACCOUNT_ID}:role/${VENDOR_ROLE_NAME}`;
/** Who GetCallerIdentity says that the vendor's credentials are. */
export const VENDOR_CALLER_ARN = `arn:aws:sts::${VENDOR_ACCOUNT_ID}:assumed-role/${VENDOR_ROLE_NAME}/${VENDOR_SESSION_NAME}`;

export const VENDOR_ACCESS_KEY_ID = 'AKIASIMULATEDVENDOR1';
export const VENDOR_SECRET_ACCESS_KEY = 'simulator-only/opens-nothing-elsewhere/01';

export const ACME_ACCOUNT_ID = '111122223333';
export const GLOBEX_ACCOUNT_ID = '444455556666';
/** Names shown for well-known demo accounts; any other account is shown by its number. */
export const ACCOUNT_NAMES: Readonly<Record<string, string>> = {
  [ACME_ACCOUNT_ID]: 'Acme',
  [GLOBEX_ACCOUNT_ID]: 'Globex',
  [VENDOR_ACCOUNT_ID]: VENDOR_ACCOUNT_NAME,
};

/**
 * The platform key: the vendor's own KMS key where one is given, else a root key that the process holds.
 */
import type { CallLimits } from '../call-limits.ts';
import { KmsError } from '../errors.ts';
import { type KeyService, keyServices, type VendorKey } from '../key-service.ts';
import type { KmsProvider } from '../provider.ts';
import { createRootKeyProvider } from './root-key.ts';

export type PlatformProviderOptions = {
  /** 32 bytes; copied. */
  rootKey?: Buffer | undefined;
  /** ARN of the vendor's own KMS key; takes precedence over `rootKey`. */
  kmsKeyArn?: string | undefined;
  limits?: Partial<CallLimits>;
  clock?: () => Date;
  /** Called for every attempt that AWS throttled. */
  onThrottled?: () => void;
};

/** Whose words its failures are told in: of a root key in those of all. */
export function platformProviderName(kmsKeyArn: string | undefined): string {
  return (kmsKeyArn && serviceNaming(kmsKeyArn)?.provider) || 'platform';
}

/** Throws KmsError `invalid-arn` or `region-unknown`, or RangeError for a root key of the wrong length. */
export function createPlatformProvider({ rootKey, kmsKeyArn, ...rest }: PlatformProviderOptions): KmsProvider {
  if (kmsKeyArn) {
    const named = serviceNaming(kmsKeyArn);
    if (!named) throw new KmsError('invalid-arn');
    return named.vendorKey.connect({ keyRef: kmsKeyArn, ...rest });
  }
  if (rootKey) return createRootKeyProvider({ rootKey, ...(rest.clock ? { clock: rest.clock } : {}) });
  throw new KmsError('key-not-found');
}

/** The service whose keys are called so, and can be a platform key. */
function serviceNaming(keyRef: string) {
  return Object.entries(keyServices)
    .map(([provider, { vendorKey }]: [string, KeyService]) => ({ provider, vendorKey }))
    .find((one): one is { provider: string; vendorKey: VendorKey } => one.vendorKey?.isNamed(keyRef) === true);
}

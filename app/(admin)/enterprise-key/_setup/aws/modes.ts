import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';
import type { ConnectDescription } from '../../_providers/connect-description.ts';
import { accessKey } from './access-key.tsx';
import { assumeRole } from './assume-role.tsx';
import type { GuideDescription } from './guide/guide-description.ts';
import type { ProviderDescription } from './provider-description.ts';

interface AwsMode {
  readonly provider: ProviderDescription;
  readonly guide: GuideDescription;
  readonly connect: ConnectDescription;
}

/** What the steps Provider, Prepare AWS and Connect are made of, by authentication mode: another mode is another description. */
export const awsModes: Readonly<Record<AwsAuthMode, AwsMode>> = {
  'assume-role': assumeRole,
  'access-key': accessKey,
};

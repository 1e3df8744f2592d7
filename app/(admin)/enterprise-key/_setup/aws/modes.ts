import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';
import { accessKey } from './access-key.tsx';
import { assumeRole } from './assume-role.tsx';
import type { AwsMode } from './aws-mode.ts';

/** What the step AWS is made of, by authentication mode: another mode is another description. */
export const awsModes: Readonly<Record<AwsAuthMode, AwsMode>> = {
  'assume-role': assumeRole,
  'access-key': accessKey,
};

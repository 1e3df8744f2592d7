import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';
import { accessKey } from './access-key.tsx';
import { role } from './role.tsx';
import type { RotationMode } from './rotation-mode.ts';

/** What a rotation asks for and says, by authentication mode: another mode is another description. */
export const rotationModes: Readonly<Record<AwsAuthMode, RotationMode>> = {
  'assume-role': role,
  'access-key': accessKey,
};

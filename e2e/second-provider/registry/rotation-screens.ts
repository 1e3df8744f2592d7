import { awsRotation } from '../../../app/(admin)/enterprise-key/_providers/aws/rotation-screens.ts';
import type { RotationScreens } from '../../../app/(admin)/enterprise-key/_providers/provider-screens.ts';
import { vaultRotation } from '../screens/screens.ts';

export const registeredRotations = { aws: awsRotation, vault: vaultRotation } satisfies Record<string, RotationScreens>;

import { awsRotation } from '../aws/rotation-screens.ts';
import type { RotationScreens } from '../provider-screens.ts';

export const registeredRotations = { aws: awsRotation } satisfies Record<string, RotationScreens>;

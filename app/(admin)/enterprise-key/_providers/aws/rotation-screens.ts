import { RotateAwsKey } from '../../_rotate/aws/rotate-key.tsx';
import { rotationModes } from '../../_rotate/aws/rotation-modes.ts';
import type { RotationScreens } from '../provider-screens.ts';
import { active } from './facts.ts';

export const awsRotation: RotationScreens = {
  Rotate: RotateAwsKey,
  ways: (authMode) => rotationModes[authMode].ways,
  active,
};

import { RotateAwsKey } from '../../_rotate/aws/rotate-key.tsx';
import { waysToRotate, waysToRotateAccessKeys } from '../../_rotate/aws/ways-to-rotate.ts';
import type { RotationScreens } from '../provider-screens.ts';
import { active } from './facts.ts';

export const awsRotation: RotationScreens = {
  Rotate: RotateAwsKey,
  ways: (authMode) => (authMode === 'access-key' ? waysToRotateAccessKeys : waysToRotate),
  active,
};

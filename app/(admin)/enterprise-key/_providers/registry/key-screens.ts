import { awsKeyScreens } from '../aws/key-screens.ts';
import type { KeyScreens } from '../provider-screens.ts';

export const registeredKeyScreens = { aws: awsKeyScreens } satisfies Record<string, KeyScreens>;

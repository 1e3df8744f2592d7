import { awsSetUp } from '../aws/set-up-screens.ts';
import type { SetUpScreens } from '../provider-screens.ts';

export const registeredSetUp = { aws: awsSetUp } satisfies Record<string, SetUpScreens>;

import { awsSetUp } from '../../../app/(admin)/enterprise-key/_providers/aws/set-up-screens.ts';
import type { SetUpScreens } from '../../../app/(admin)/enterprise-key/_providers/provider-screens.ts';
import { vaultSetUp } from '../screens/screens.ts';

export const registeredSetUp = { aws: awsSetUp, vault: vaultSetUp } satisfies Record<string, SetUpScreens>;

import { awsScreens } from '../../../app/(admin)/enterprise-key/_providers/aws/screens.ts';
import type { ProviderScreens } from '../../../app/(admin)/enterprise-key/_providers/provider-screens.ts';
import { vaultScreens } from '../screens/screens.ts';

export const registeredScreens = { aws: awsScreens, vault: vaultScreens } satisfies Record<string, ProviderScreens>;

import { awsKeyScreens } from '../../../app/(admin)/enterprise-key/_providers/aws/key-screens.ts';
import type { KeyScreens } from '../../../app/(admin)/enterprise-key/_providers/provider-screens.ts';
import { vaultKeyScreens } from '../screens/screens.ts';

export const registeredKeyScreens = { aws: awsKeyScreens, vault: vaultKeyScreens } satisfies Record<string, KeyScreens>;

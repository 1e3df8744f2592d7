import { awsScreens } from './aws/screens.ts';
import type { ProviderScreens } from './provider-screens.ts';

/** The screens of the providers. */
export const registeredScreens = { aws: awsScreens } satisfies Record<string, ProviderScreens>;

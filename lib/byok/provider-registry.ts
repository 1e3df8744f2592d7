import { awsRules } from './aws/rules.ts';
import type { ProviderRules } from './provider-rules.ts';

/** The providers, each a folder of this one, in the order in which they are offered. Declared in `provider-declarations.ts`, too. */
export const providerRules = { aws: awsRules } satisfies Record<string, ProviderRules>;

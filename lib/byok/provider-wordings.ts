import { awsWords } from './aws/words.ts';
import type { ProviderWording } from './provider-rules.ts';
import type { ProviderId } from './providers.ts';

/** What of each provider's rules is words. In the order of the registry. */
export const providerWordings = { aws: awsWords } satisfies Record<ProviderId, ProviderWording>;

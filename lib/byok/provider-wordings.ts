import { awsWords } from './aws/words.ts';
import type { ProviderWording } from './provider-rules.ts';

/** What screens tell each provider's keys by, apart from its rules. In the order of the registry. */
export const providerWordings = { aws: awsWords } satisfies Record<string, ProviderWording>;

import { providerWordings } from '#providers/wordings.ts';
import type { ProviderWording } from './provider-rules.ts';
import type { ProviderId } from './providers.ts';

export function wordingOf({ provider }: { provider: ProviderId }): ProviderWording {
  return providerWordings[provider];
}

import type { ProviderId } from '#lib/byok/providers.ts';
import { registeredScreens } from '#providers/screens.ts';
import type { ProviderScreens } from './provider-screens.ts';

/** The compiler asks for the screens of each registered provider. */
const screens: Readonly<Record<ProviderId, ProviderScreens>> = registeredScreens;

export function screensOf({ provider }: { provider: ProviderId }): ProviderScreens {
  return screens[provider];
}

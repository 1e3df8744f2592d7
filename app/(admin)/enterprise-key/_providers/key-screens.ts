import type { ProviderId } from '#lib/byok/providers.ts';
import { registeredKeyScreens } from '#providers/key-screens.ts';
import type { KeyScreens } from './provider-screens.ts';

/** The compiler asks for the screens of each registered provider. */
const screens: Readonly<Record<ProviderId, KeyScreens>> = registeredKeyScreens;

export function keyScreensOf({ provider }: { provider: ProviderId }): KeyScreens {
  return screens[provider];
}

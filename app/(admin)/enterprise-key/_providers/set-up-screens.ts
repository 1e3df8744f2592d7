import type { ProviderId } from '#lib/byok/providers.ts';
import { registeredSetUp } from '#providers/set-up-screens.ts';
import type { SetUpScreens } from './provider-screens.ts';

/** The compiler asks for the screens of each registered provider. */
const screens: Readonly<Record<ProviderId, SetUpScreens>> = registeredSetUp;

export function setUpScreensOf({ provider }: { provider: ProviderId }): SetUpScreens {
  return screens[provider];
}

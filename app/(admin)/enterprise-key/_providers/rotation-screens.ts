import type { ProviderId } from '#lib/byok/providers.ts';
import { registeredRotations } from '#providers/rotation-screens.ts';
import type { RotationScreens } from './provider-screens.ts';

/** The compiler asks for the screens of each registered provider. */
const screens: Readonly<Record<ProviderId, RotationScreens>> = registeredRotations;

export function rotationScreensOf({ provider }: { provider: ProviderId }): RotationScreens {
  return screens[provider];
}

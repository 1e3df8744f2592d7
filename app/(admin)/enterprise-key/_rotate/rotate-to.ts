import { connectionModes } from '#lib/byok/connection-mode.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { authModeOf, providers } from '#lib/byok/providers.ts';
import type { RotateTo } from './rotation-standing.ts';

export type RotateToChoice = { value: string; label: string; to: RotateTo };

/** What a key may be rotated to: its own provider in the mode that it has, which no rotation changes, and any other in each mode. */
export function choicesFor(own: RotateTo): RotateToChoice[] {
  return connectionModes
    .filter(({ provider, authMode }) => provider !== own.provider || authMode === own.authMode)
    .map((to) => {
      const mode = authModeOf(to.provider, to.authMode).name;
      return { value: `${to.provider}/${to.authMode}`, label: `${providers[to.provider].name}, ${mode}`, to };
    });
}

/** The one that was chosen, else what is prepared, else what is active. */
export function chosenFor(view: KeyPageView, own: RotateTo, chosen: string | undefined): RotateTo {
  const choices = choicesFor(own);
  const { rotation } = view;
  const prepared = rotation ? `${rotation.provider}/${rotation.authMode}` : undefined;
  return [chosen, prepared].map((value) => choices.find((one) => one.value === value)?.to).find(Boolean) ?? own;
}

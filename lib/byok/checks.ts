/** The checks of Test Configuration and the steps of the set-up, as each provider declares them. */
import { providerWordings } from '#providers/wordings.ts';
import type { CheckDeclaration } from './provider-declaration.ts';
import type { ProviderId } from './providers.ts';

const lists: readonly (readonly CheckDeclaration[])[] = Object.values(providerWordings).map(({ checks }) => checks);
const all = lists.flat();

/** Of every provider. */
export const checkIds: readonly string[] = [...new Set(all.map(({ id }) => id))];

/** Steps of the set-up guides that can be verified by themselves, of every provider. */
export const setUpSteps: readonly string[] = [
  ...new Set(Object.values(providerWordings).flatMap((rules) => rules.setUpSteps)),
];

/** Of one provider, in order. */
export function checksOf(provider: ProviderId): readonly CheckDeclaration[] {
  return providerWordings[provider].checks;
}

/** As the screen calls it; its ID where no provider has it any more. */
export function checkName(id: string): string {
  return all.find((check) => check.id === id)?.name ?? id;
}

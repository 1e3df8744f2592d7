/**
 * What each key service can do, declared once in its folder: the wizard, the schemas and the self-test ask here. Another cloud is
 * one line in the registry, one folder here, and one under `lib/kms/`.
 */
import { providerRules } from '#providers/rules.ts';
import type { AuthModeDeclaration, ProviderDeclaration } from './provider-rules.ts';

export type { AuthModeDeclaration, ProviderAbilities } from './provider-rules.ts';

export type ProviderId = keyof typeof providerRules;
export type AuthModeId = (typeof providers)[ProviderId]['authModes'][number]['id'];

type Declarations = { [P in ProviderId]: (typeof providerRules)[P]['declaration'] };

export const providers = Object.fromEntries(
  Object.entries(providerRules).map(([id, { declaration }]) => [id, declaration]),
) as Declarations;

/** For a Select, in order. */
export const providerList = (Object.keys(providers) as ProviderId[]).map((id) => ({ id, ...providers[id] }));

export function isProvider(text: string): text is ProviderId {
  return Object.hasOwn(providers, text);
}

/** In the middle of a sentence: "enable the key in AWS". Of a provider that this version does not know nothing else can be said. */
export function serviceName(provider: string): string {
  return isProvider(provider) ? providers[provider].words.service : 'its key service';
}

/** At the beginning of a sentence: that it denies us, whoever's key is called for. */
export function vendorDeniedWords(provider: string): string {
  const words = isProvider(provider) ? providers[provider].words.vendorDenied : 'does not let us in';
  return `${capital(serviceName(provider))} ${words}`;
}

/** Where it is not said which key is meant. */
export const anyService: string =
  providerList.length === 1 ? serviceName(providerList[0]?.id ?? '') : 'its key service';

/** The code of the label of a detail that tells which denied calls in the customer's log are ours. */
export function ownDenialsLabel(provider: ProviderId): string | undefined {
  const declaration: ProviderDeclaration = providers[provider];
  return declaration.ownDenialsLabel;
}

/** At the beginning of a sentence. */
export function capital(service: string): string {
  return service.charAt(0).toUpperCase() + service.slice(1);
}

/** @throws Error for a mode that the provider does not have: whoever asks has parsed it before */
export function authModeOf(provider: ProviderId, mode: string): AuthModeDeclaration {
  const found = providers[provider].authModes.find(({ id }) => id === mode);
  if (!found) throw new Error(`${provider} has no authentication mode ${mode}`);
  return found;
}

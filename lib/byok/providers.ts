/**
 * What each key service can do, declared once in its folder: the wizard, the schemas and the self-test ask here. Another cloud is
 * one line in the registry, one folder here, and one under `lib/kms/`.
 */
import { providerDeclarations } from '#providers/declarations.ts';
import type { AuthModeDeclaration, KeyNames, ProviderDeclaration, ProviderWords } from './provider-declaration.ts';

export type { AuthModeDeclaration, ProviderAbilities } from './provider-declaration.ts';

export type ProviderId = keyof typeof providerDeclarations;
export type AuthModeId = (typeof providers)[ProviderId]['authModes'][number]['id'];

export const providers = providerDeclarations;

/** For a Select, in order. */
export const providerList = (Object.keys(providers) as ProviderId[]).map((id) => ({ id, ...providers[id] }));

export function isProvider(text: string): text is ProviderId {
  return Object.hasOwn(providers, text);
}

/** Where it is not known, or not one, whose words they are. */
const neutralWords: ProviderWords = {
  service: 'its key service',
  yourPlace: 'your key service',
  ownPlace: 'your own key service',
  theirPlace: 'their key service',
  administrator: 'An administrator of your key service',
  keyName: 'name',
  shortName: 'Key service',
  chooseLocation: 'Choose where the key is.',
  chooseKnown: 'Choose one of the places that Keyward knows.',
  ifOutageStays: 'check whether the key service reports an outage',
  log: 'key service’s log',
  requestId: 'key service request ID',
  vendorDenied: 'denies Keyward access',
  calls: 'KMS calls',
  cost: 'Cost',
  deletion: '',
};

/** Of a provider that this version does not know nothing can be said by name. */
export function providerWords(provider: string): ProviderWords {
  return isProvider(provider) ? providers[provider].words : neutralWords;
}

/** Where it is not said which key is meant. */
export const anyWords: ProviderWords = (providerList.length === 1 ? providerList[0]?.words : undefined) ?? neutralWords;

/** The alias that a key was given by, in its provider's own form; nothing where it was given by itself, or nobody knows. */
export function aliasIn(provider: string, keyRef: string): string | undefined {
  return declarationOf(provider)?.aliasIn?.(keyRef);
}

/** A policy that a remedy shows, by the code that its report stores; in the words of all where its provider has none. */
export function policyName(provider: string, kind: string): string {
  const names = declarationOf(provider)?.policyNames ?? {};
  return (Object.hasOwn(names, kind) ? names[kind] : undefined) ?? 'policy';
}

/** In the middle of a sentence: "enable the key in AWS". */
export function serviceName(provider: string): string {
  return providerWords(provider).service;
}

export const anyService: string = anyWords.service;

/** Whose a stored message is that names no provider: it was stored when there was no other. */
export const firstProvider: ProviderId = 'aws';

/** What a call to it costs; undefined where it does not say. */
export function priceOf(provider: string): ProviderDeclaration['price'] {
  return declarationOf(provider)?.price;
}

const keyNames: KeyNames = { given: 'keyRef', pinned: 'pinnedKeyRef' };
const keyWords = { operations: {}, sentences: {}, fields: { keyRef: 'Key', pinnedKeyRef: 'Key it stands for' } };

/** By which names the history stores which key it was. */
export function keyNamesInHistory(provider: string): KeyNames {
  return declarationOf(provider)?.history?.key ?? keyNames;
}

/** What the history calls what is a provider's own, and a key of one that has no name of its own for it. */
export function ownHistoryWords(): NonNullable<ProviderDeclaration['history']>[] {
  return [keyWords, ...providerList.flatMap(({ history }: ProviderDeclaration) => history ?? [])];
}

function declarationOf(provider: string): ProviderDeclaration | undefined {
  return isProvider(provider) ? providers[provider] : undefined;
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

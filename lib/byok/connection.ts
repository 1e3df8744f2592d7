/**
 * What is typed to connect an enterprise key (the draft), and what we connect with (the connection): one union over all
 * providers each. The only way from one to the other is `toConnection`; no function that connects takes a draft.
 */

import { providerRules } from '#providers/rules.ts';
import { known, unknownProvider } from './connection-mode.ts';
import { fingerprintLine } from './fingerprint.ts';
import type { Description, Joined, MadeConnection, ProviderRules } from './provider-rules.ts';
import { type ProviderId, providerList } from './providers.ts';
import * as z from './zod-config.ts';

export type { Description, Joined, MadeConnection } from './provider-rules.ts';

type Rules = typeof providerRules;

/** Told apart by `provider` and `authMode`. Any field may be missing, and is as it was typed. */
export type Draft = { [P in ProviderId]: z.output<Rules[P]['draftSchema']> }[ProviderId];

/** Complete and parsed; told apart by `provider` and `auth.mode`. Plain data: it is stored as it is. */
export type Connection = { [P in ProviderId]: z.output<Rules[P]['connectionSchema']> }[ProviderId];

type Shown = 'view' | 'identitiesView' | 'standingUses' | 'checklistView' | 'reminder';
type Returned<Name extends Shown> = { [P in ProviderId]: ReturnType<Rules[P][Name]> }[ProviderId];
type General = ProviderRules<Draft, Connection>;
export type RulesOfAny = Omit<General, Shown> & {
  [Name in Shown]: (...given: Parameters<General[Name]>) => Returned<Name>;
};

export function rulesOf({ provider }: { provider: ProviderId }): RulesOfAny {
  return providerRules[provider] as RulesOfAny;
}

/** @throws Refusal `unknown-provider` for a provider or an authentication mode that is not known: nobody guesses what it means */
export function readDraft(row: { provider: string; authMode: string; entered: unknown }): Draft {
  const { provider, authMode, entered } = known(row);
  const fields = typeof entered === 'object' && entered !== null ? entered : {};
  return providerRules[provider].draftSchema.parse({ ...fields, provider, authMode });
}

/** What `readDraft` reads again: provider and mode stand beside what was entered. */
export function storedDraft({ provider, authMode, ...entered }: Draft) {
  return { provider, authMode, entered };
}

/** A connection as it is stored. */
export type StoredConnection = { provider: string; authMode: string; connection: unknown; connectionVersion: number };

/** @throws Refusal `unknown-provider` for what this version does not know, its shape included */
export function readConnection(row: StoredConnection): Connection {
  const { provider, connection, connectionVersion } = known(row);
  const { connectionSchema, connectionVersion: ours } = providerRules[provider];
  const parsed = connectionSchema.safeParse(connection);
  if (connectionVersion !== ours || !parsed.success) throw unknownProvider(row);
  return parsed.data;
}

export function storedConnection(connection: Connection) {
  const { provider, auth } = connection;
  return { provider, authMode: auth.mode, connection, connectionVersion: rulesOf(connection).connectionVersion };
}

export function toConnection(draft: Draft): MadeConnection<Connection> {
  return rulesOf(draft).toConnection(draft);
}

export function describeConnection(of: Draft | Connection): Description {
  return rulesOf(of).describe(of);
}

/** Of `fingerprint.ts`: what is hashed and compared. */
export function fingerprintText(of: Draft | Connection, joined: Joined): string {
  return fingerprintLine(rulesOf(of), of, joined);
}

/** What only the provider's own screens read. */
export type ConnectionView = Returned<'view'>;
export type ShownBy<Name extends Shown> = Returned<Name>;

export function viewOf(of: Draft | Connection): ConnectionView {
  return rulesOf(of).view(of);
}

/** What a new draft begins with: the first provider. */
export function blankDraft(
  location: string,
  provider: ProviderId | undefined = providerList[0]?.id,
  authMode?: string,
): Draft {
  if (!provider) throw new Error('there is no provider');
  return rulesOf({ provider }).blank(location, authMode);
}

/** What a tenant's home region is chosen from: `isKnownLocation` knows each. */
export function listedPlaces(): { id: string; name: string }[] {
  return Object.values(providerRules).flatMap((rules) => ('places' in rules ? rules.places : []));
}

/** Some provider has keys there. */
export function isKnownLocation(location: string): boolean {
  return Object.values(providerRules).some((rules) => rules.knowsLocation(location));
}

type Step = { [P in ProviderId]: Rules[P]['steps'] }[ProviderId];

/** What comes from a provider's own form is an object until its rules have read it. */
type Read<Name extends keyof Step> = z.ZodType<z.output<Step[Name]>, object>;

/** What the steps of the wizard take, of every provider. */
export const providerSteps = {
  provider: oneOf('provider') as Read<'provider'>,
  prepare: oneOf('prepare') as Read<'prepare'>,
  connect: oneOf('connect') as Read<'connect'>,
  test: oneOf('test') as Read<'test'>,
  rotation: oneOf('rotation') as Read<'rotation'>,
};

/** With a single provider its own schema, whose messages stand beside their fields. */
function oneOf(step: keyof Step): z.ZodType {
  const [first, ...others] = Object.values(providerRules).map(({ steps }): z.ZodType => steps[step]);
  if (!first) throw new Error('there is no provider');
  if (others.length === 0) return first;
  // The first step says of which provider it is; what is wrong with it stands beside its fields. The others are read again by the
  // rules of the draft's provider.
  return step === 'provider'
    ? z.discriminatedUnion('provider', [first, ...others] as never)
    : z.union([first, ...others]);
}

/**
 * What a folder of this one has to offer to be a provider: what is entered for it and what that becomes, told by pure functions.
 * Everything else asks here and knows no provider by name. The calls themselves are the folder's of the same name in lib/kms.
 */
import type { FactWords, KeyFacts } from './key-facts.ts';
import type { KmsFailureCode } from './kms-failure.ts';
import type { FailedCall, KnownFacts, LossCause } from './loss-causes.ts';
import type { Message, Say, Sentences } from './messages/message.ts';
import type { ActionOutcome, Permission } from './permissions.ts';
import type { CheckDeclaration, ProviderDeclaration } from './provider-declaration.ts';
import type * as z from './zod-config.ts';

/** What belongs to a draft or a connection and is in no input: the tenant's, and the ID of the stored secret (null without one). */
export type Joined = { tenantId: string; externalId: string; secretId: string | null };

/** In words that are the same for every provider; each is empty where it is not known. */
export type Description = {
  /** Where the key is. */
  location: string;
  /** Whose it is. */
  account: string;
  /** The key, as it was given. */
  keyName: string;
  /** The key was given by a name that may be pointed at another one. */
  keyIsAlias: boolean;
  /** As whom we come. */
  principal: string;
};

/** `problems`: a sentence by field. */
export type MadeConnection<C> = { ok: true; connection: C } | { ok: false; problems: Record<string, string> };

/** Who we are to the provider, where the key is: what the customer lets in, and the account that it is of. */
export type Ours = { identity: string; account: string };

/** Who we are to the provider in these places, as its own pattern says them. */
export type OurIdentity = { locations: string; identity: string };

/** What a draft becomes, and what the history is told of it. */
export type DraftChange<D> = {
  draft: D;
  before?: Record<string, string>;
  after?: Record<string, string | number | Message>;
};

/** A version in use, of whichever enterprise key of the tenant: a policy that is handed out must not leave it out. */
export type VersionUse<C> = {
  /** The enterprise key, and the version of it. */
  keyId: string;
  alias: string;
  version: number;
  connection: C;
  pinnedKeyRef: string;
  /** Who we are to its provider, where it is. */
  ours: Ours;
  /** Active now; otherwise an older version that is not yet safe to retire. */
  current: boolean;
};

/** `stored`: there is one for what the draft says so far. `replaced`: another one comes with these values. */
export type SecretStanding = { stored: boolean; replaced: boolean };

/** What a stored draft has so far. */
export type Progress = {
  /** All that the first step asks for. */
  chosen: boolean;
  /** Which key it is. */
  key: boolean;
  /** All that has to be known of the key before it can be tested. */
  connected: boolean;
};

/** Of a KmsError: our code, and the provider's own. */
export type ToldFailure = { failure: string; providerCode: string | undefined };

export type FailureWords = { meaning: string; next: string };

/** A check of a report, as far as it tells of permissions. */
export type TriedCheck = {
  id: string;
  outcome: string;
  actions?: readonly { action: string; outcome: ActionOutcome }[] | undefined;
  negative?: boolean | undefined;
};

/** What a customer has to change after a loss: who was denied, the policy as it should be with the lines that matter, and where. */
export type CustomerRemedy = {
  principal: string | null;
  policy: { name: string; document: object; markedLines: [number, number][] } | null;
  link: { label: string; url: string } | null;
};

/** A choice of the set-up: what is said of it, and what is kept and told in the history then. */
export interface SetUpChoice<Said = unknown> {
  readonly said: z.ZodType<Said>;
  /** Saying this belongs to the set-up: only while the key may be edited. */
  isSetUp(said: Said): boolean;
  /**
   * @param standing what is stored of it with each configuration that stands
   * @returns ok false: nothing is open of it, in one sentence
   */
  note(said: Said, standing: readonly unknown[], who: { at: string; by: string }): NotedChoice;
}

type Told = Record<string, string | Message>;
export type NotedChoice = { ok: true; kept: unknown; before: Told; after: Told } | { ok: false; reason: string };

type AnyDraft = { provider: string; authMode: string };
type AnyConnection = { provider: string; auth: { mode: string } };

/** What of a provider's rules screens tell a key by. A page that shows what was found loads this, and not what the rules demand. */
export type ProviderWording = Pick<ProviderRules, 'checks' | 'setUpSteps' | 'permissions' | 'letUsSee' | 'factWords'>;

/** Functions that read what somebody entered throw Refusal `invalid-input` with a sentence per field. */
export interface ProviderRules<D extends AnyDraft = AnyDraft, C extends AnyConnection = AnyConnection> {
  readonly declaration: ProviderDeclaration;
  /** Of Test Configuration, in order. */
  readonly checks: readonly CheckDeclaration[];
  /** Steps of the set-up guide that can be verified by themselves. */
  readonly setUpSteps: readonly string[];
  /** What is said of its checks and steps. Messages are stored with its ID, a slash, and the code. */
  readonly messages: Sentences;
  /** What was typed. Any field may be missing. Throws for an authentication mode that the provider does not have. */
  readonly draftSchema: z.ZodType<D>;
  /** What we connect with, as it is stored. */
  readonly connectionSchema: z.ZodType<C>;
  /** Of the shape in which a connection is stored now. */
  readonly connectionVersion: number;
  /** Drafts and connections of the same provider give the same line exactly where the same key is reached in the same way. */
  canonical(of: D | C, joined: Joined): string;
  /** Set where `canonical` was hashed by itself before there was more than one provider; it covers what has to be covered. */
  readonly canonicalStandsAlone?: true;
  toConnection(draft: D): MadeConnection<C>;
  describe(of: D | C): Description;

  /** What the steps of the wizard take. In the schema of Connect and of a rotation, what is secret is called `secret`. */
  readonly steps: {
    readonly provider: z.ZodType<{ alias: string; description: string }>;
    readonly prepare: z.ZodType;
    readonly connect: z.ZodType;
    readonly test: z.ZodType;
    readonly rotation: z.ZodType;
  };
  /** The step that asks where the key is: the first, where it is not said. */
  readonly placeStep?: 'connect';
  /** Where the key is to be by the values of `prepare` or `connect`; undefined where they do not say. */
  placeIn?(given: object): string | undefined;
  /** What a new draft begins with, where a key in this place is wanted. */
  blank(location: string, authMode?: string): D;
  choiceChange(before: D, chosen: object): DraftChange<D>;
  prepareChange(before: D, given: object, ours: { ours: Ours }): DraftChange<D>;
  connectChange(before: D, given: object, more: { ours: Ours; secret: SecretStanding }): DraftChange<D>;
  testChange(before: D, given: object): DraftChange<D>;
  rotationChange(before: D, given: object, more: { ours: Ours; secret: SecretStanding }): DraftChange<D>;
  /** Where the key is to be by these values. */
  rotationLocation(given: object): string;
  /** What has to be entered before it can be tested, in one sentence; null where nothing has. */
  missing(draft: D, secretId: string | null): string | null;
  progress(draft: D, secretStored: boolean): Progress;
  /** Keyward is to create the key, and has not yet. */
  awaitsKey(draft: D): boolean;
  withCreatedKey(draft: D, keyRef: string): D;
  /** Places by name, for whoever chooses where a tenant's data lies. Each is known. */
  readonly places?: readonly { id: string; name: string }[];
  /** There is such a place. */
  knowsLocation(location: string): boolean;
  /** Where a key is, as its name tells. */
  placeOfKey(keyRef: string): { location: string; account: string };
  /** Why a created key cannot be called so; undefined where it can. */
  nameProblem(name: string): string | undefined;
  /** Why a key was not created, where the provider's answer says more than of any other call. */
  creationFailure(told: ToldFailure): { reason: string; next: string } | undefined;
  /** Why it could not be looked for, where more can be said than of any other call. */
  lookFailure?(told: ToldFailure): FailureWords | undefined;
  /** The name for a created key is another one's. */
  isNameTaken(told: ToldFailure): boolean;
  /** For whoever looks for a created key, or has it deleted: its page, and what to type. */
  createdKey(key: { location: string; keyRef: string | null; creationId: string; consoleUrl: string }): {
    consoleUrl: string;
    command: string;
  };
  /** The page of a key in the provider's console, by the key's own name; undefined where there is none. */
  keyPage?(key: { keyRef: string; consoleUrl: string }): string | undefined;

  /** For the history. Its names are stored, and stay what they are. */
  forHistory(of: D | C): Record<string, string>;
  /** Flat, with everything that is missing empty: what the provider's own screens show. */
  view(of: D | C): object;
  /** For the provider's own screens. */
  identitiesView(identities: readonly OurIdentity[]): object[];
  /** The draft with what follows from it written out, as the set-up guide goes by it. */
  withFollowing(draft: D): D;
  checklistView(
    draft: D,
    stored: unknown,
    ours: Ours,
    joined: Joined,
    report: { passed: boolean; stale: boolean } | null,
    say: Say,
  ): object;
  verificationOf(
    draft: D,
    step: string,
    ours: Ours,
    joined: Joined,
  ): { ok: true; inputs: string } | { ok: false; problems: Record<string, string> };
  /** What a test's report says of each action on the key that we need or may do. */
  permissions(checks: readonly TriedCheck[], passed: boolean): Permission[];
  /** What the customer may add, so that more of the key can be shown here. */
  letUsSee?(keyRef: string): { words: string; code: string };
  /** Its own words for what these mean in it; what it leaves out is told in the words of all. */
  failureWords?(failure: KmsFailureCode): FailureWords | undefined;
  /** Which loss a denied call is, by the policy that it names; undefined where it tells none. */
  lossByPolicy?(call: FailedCall): LossCause | undefined;
  lossWords?(cause: LossCause, facts: KnownFacts): FailureWords | undefined;
  /** What it said of a key, in the order in which it matters. `daysLeft`: until imported material expires. */
  factWords?(facts: KeyFacts, daysLeft: number | null): FactWords[];
  /** What is in use of this provider's, as its screens and remedies take it. */
  standingUses(uses: readonly VersionUse<AnyConnection>[]): object[];
  /** Told to the vendor's support, for the customer. `externalId` is what stands for it there. */
  customerRemedy?(
    draft: D,
    lost: {
      cause: LossCause;
      action: string | null;
      tenantId: string;
      pinnedKeyRef: string;
      externalId: string;
      serviceRoleArn: string;
      uses: readonly VersionUse<AnyConnection>[];
      consoleUrl: string;
    },
  ): CustomerRemedy;
  /** What somebody may say of the set-up that nothing shows from outside, by name. The names are stored. */
  readonly choices?: Readonly<Record<string, SetUpChoice>>;
  /** What a key in use is reminded of as long as its set-up leaves something open. */
  reminder(
    draft: D,
    checklist: unknown,
    key: {
      tenantId: string;
      pinnedKeyRef: string | null;
      uses: readonly VersionUse<AnyConnection>[];
      consoleUrl: string;
    },
  ): object | null;
}

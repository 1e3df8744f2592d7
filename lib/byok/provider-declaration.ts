/** What a provider declares of itself: its names, its words, what it can do and how it lets us in. Plain data, for server and browser. */
import type { TermLinks } from './glossary.ts';

export type ProviderAbilities = {
  /** A name in the key service may stand for the key, and be pointed at another one later. */
  aliases: boolean;
  /** Makes asymmetric key pairs under the key, for tests that want one. */
  dataKeyPairs: boolean;
  /** Tells whether the key's material is rotated by itself. */
  rotationStatus: boolean;
  /** Tells tags, aliases and description of the key. */
  labels: boolean;
  /** Can be asked to create a key, in these authentication modes. */
  createsKeys: readonly string[];
};

/** What keeps one tenant from having us use the key of another, whose name it may know and enter as its own. */
export type TenantBinding =
  /** What we present is the tenant's own, made by us and in no input, and the key's owner admits no other. */
  | 'external-id'
  /** We are let in by a secret that only the key's owner has; it is stored for its tenant alone. */
  | 'secret'
  /** We come as another identity for each tenant. */
  | 'identity'
  /** The key bears a mark that we made for its tenant. */
  | 'mark';

export type AuthModeDeclaration = {
  id: string;
  /** As the screen calls it. */
  name: string;
  recommended: boolean;
  /** One sentence for whoever has to choose. */
  hint: string;
  /** Proved of each mode by lib/kms/provider.contract.ts. */
  binding: TenantBinding;
  /** Whether something secret has to be stored. */
  secret: boolean;
};

/** What sentences that are the same for every provider name by the provider's own names. */
export type ProviderWords = {
  /** In the middle of a sentence: "enable the key in AWS". */
  service: string;
  /** "Connect a key of your AWS account." */
  yourPlace: string;
  /** The same, told before there is a key: "A key in your own AWS account". */
  ownPlace: string;
  /** And to the vendor's people, of a customer: "their AWS account". */
  theirPlace: string;
  /** Who has to be asked there, at the beginning of a sentence. */
  administrator: string;
  /** What a key's own, full name is called. */
  keyName: string;
  /** In a word or two: the step of the wizard in which the customer sets it up and connects it. */
  shortName: string;
  /** Where no location was chosen, one sentence. */
  chooseLocation: string;
  /** Where another location was named than there is, one sentence. */
  chooseKnown: string;
  /** Where an outage stays, half a sentence. */
  ifOutageStays: string;
  /** Where the customer sees our calls. */
  log: string;
  /** What has a name of its own there: the start of "AWS request ID". */
  requestId: string;
  /** What it does to all calls of ours when it denies us: "does not let Keyward’s service role assume customers’ roles". */
  vendorDenied: string;
  /** What is counted before a change, and what it costs. */
  calls: string;
  cost: string;
  /** How long a deletion takes there, one sentence. */
  deletion: string;
};

/** Names of recorded fields: the key as it was given, and the key itself behind that. */
export type KeyNames = { given: string; pinned: string };

export type ProviderDeclaration = {
  name: string;
  keyType: string;
  words: ProviderWords;
  /** What a call to it costs, and where that is said, in one sentence. */
  price?: { usdPerCall: number; words: string };
  /** What the history calls operations and recorded fields that are its own. */
  history?: {
    operations: Readonly<Record<string, string>>;
    /** For each of these operations what is said after who did it, and after "tried to"; `{key}` is the key's name. */
    sentences: Readonly<Record<string, { did: string; tries: string }>>;
    fields: Readonly<Record<string, string>>;
    /** The fields that say which key, and what it was pinned to; by default those of all. They are stored. */
    key?: KeyNames;
  };
  /** Where links into its console lead: what the installation may set, and what stands in for it. No slash at its end. */
  console?: { variable: string; url: string };
  /** What its policies are called in whose remedies are shown, by the code that reports store. */
  policyNames?: Readonly<Record<string, string>>;
  /** Where its own documentation explains words of the glossary. */
  glossary?: TermLinks;
  /** The alias that a key was given by, where it was: how people call the key. */
  aliasIn?: (keyRef: string) => string | undefined;
  /** Set where its keys keep nothing safe: production does not start with it. */
  forTestsAlone?: true;
  abilities: ProviderAbilities;
  authModes: readonly AuthModeDeclaration[];
};

/** A check of Test Configuration. Its ID is stored with reports; checks that mean the same have the same ID in each provider. */
export type CheckDeclaration = { id: string; name: string };

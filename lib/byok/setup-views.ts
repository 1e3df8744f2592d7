/** What the wizard and its hand-over show: plain data, safe to send to the browser of whoever may call the operation. Instants are ISO 8601 in UTC. */
import type { ConnectionView, ShownBy } from './connection.ts';
import type { CreationView } from './creation-views.ts';
import type { ErrorCode } from './errors.ts';
import type { KeyFacts } from './key-facts.ts';
import type { HealthView, SecretNote } from './key-views.ts';
import type { DisplayStatus, KeyState } from './lifecycle.ts';
import type { Progress } from './provider-rules.ts';
import type { AuthModeId, ProviderId } from './providers.ts';
import type { Tag } from './tags-text.ts';
import type { CheckId, CheckResult } from './test-report.ts';

export type ConfigurationView = ConnectionView & {
  provider: ProviderId;
  authMode: AuthModeId;
  /** Where the key is, and the key as it was given: in words that are the same for every provider. */
  location: string;
  keyRef: string;
  progress: Progress;
  /** Whether a secret is stored. The secret itself never leaves the server. */
  hasSecret: boolean;
  secret: SecretNote | null;
  enforcementChoice: '' | 'now' | 'at';
  enforcementAt: string | null;
  timeZone: string;
};

export type ReportView = {
  id: string;
  passed: boolean;
  checks: CheckResult[];
  warnings: CheckId[];
  pinnedKeyRef: string | null;
  facts: KeyFacts | null;
  testedBy: string;
  requestId: string;
  startedAt: string;
  finishedAt: string;
  /** Something that the test depends on has changed since. */
  stale: boolean;
};

/** Everything the wizard shows, for whichever step. */
export type SetupView = {
  key: { id: string; alias: string; description: string; tags: Tag[]; state: KeyState; revision: number };
  configuration: ConfigurationView;
  savedStep: string;
  /** A working copy of a scheduled key, a draft, or nothing to edit yet (the next save makes the working copy). */
  editing: 'draft' | 'working-copy' | 'scheduled';
  tenant: { id: string; name: string; homeRegion: string; regionPolicy: 'refuse' | 'warn' };
  externalId: string;
  /** For the place that is saved. */
  ourIdentity: string;
  /** For every region: what the one that is being chosen will need. */
  ourIdentities: ShownBy<'identitiesView'>;
  /** Where links into the provider's console lead, as its own setting says; empty where it has none. */
  consoleUrl: string;
  /** What of the tenant's is in use by any of its keys: a policy must not leave it out. */
  inUse: ShownBy<'standingUses'>;
  /** Addresses and networks from which we call key services; empty where the vendor has named none. */
  outgoingIps: string[];
  /** `sample`: names of the first ten that are not selected. */
  selection: { total: number; selected: number; sample: string[] };
  /** What was verified of the set-up guide, step by step. */
  checklist: ShownBy<'checklistView'>;
  report: ReportView | null;
  /** The key that Keyward created for this, or is creating; null where it made none. */
  creation: CreationView | null;
  /** What would keep Proceed from working now, in the order to fix it; empty when ready. */
  obstacles: { code: ErrorCode; step: string; text: string }[];
};

/** What the hand-over summary of a key is written from: what is saved, and how far it was seen to work. */
export type HandOverView = Pick<
  SetupView,
  | 'configuration'
  | 'tenant'
  | 'externalId'
  | 'ourIdentity'
  | 'consoleUrl'
  | 'inUse'
  | 'outgoingIps'
  | 'checklist'
  | 'report'
> & {
  key: Pick<SetupView['key'], 'id' | 'alias' | 'description' | 'state'>;
  status: DisplayStatus;
  health: HealthView | null;
  /** The key itself, where a test has told it. */
  pinnedKeyRef: string | null;
  /** Who asked for it, and when. */
  by: string;
  at: string;
};

export type SelectableApp = {
  id: string;
  name: string;
  kind: 'app' | 'bot';
  selected: boolean;
  /** Alias of the other enterprise key that it belongs to. */
  takenBy: string | null;
};

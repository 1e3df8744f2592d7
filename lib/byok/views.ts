/**
 * What operations answer with and screens show: plain data, safe to send to the browser of whoever may call the
 * operation. Instants are ISO 8601 in UTC.
 */

import type { AliasWatch } from './alias-watch.ts';
import type { ChecklistView, PolicyScope } from './checklist.ts';
import type { CreationView } from './creation-views.ts';
import type { ErrorCode } from './errors.ts';
import type { Health } from './health.ts';
import type { KeyFacts } from './key-facts.ts';
import type { Tag } from './labels.ts';
import type { Command, DisplayStatus, KeyState, Verdict } from './lifecycle.ts';
import type { Permission } from './permitted-actions.ts';
import type { PolicyShape } from './policy-shape.ts';
import type { ServiceRole } from './service-roles.ts';
import type { CheckId, CheckResult } from './test-report.ts';

export type Role = 'admin' | 'viewer' | 'support' | 'operator';

export type Me = {
  email: string;
  role: Role;
  tenant: { id: string; name: string } | null;
  mustChangePassword: boolean;
};

export type HealthView = {
  state: Health;
  /** One sentence, where there is something to say. */
  cause: string | null;
  since: string | null;
  at: string | null;
  awsRequestId: string | null;
};

export type MoveKind = 'activate' | 'rotate' | 'select-apps' | 'revert' | 'rekey';

/** At every moment total = done + failed + left. */
export type Progress = { total: number; done: number; failed: number; left: number };

/**
 * The way of some apps to the wrapping that they belong to from now on. While an activation is testing nothing has moved.
 * Over when `finishedAt` is set; `triedAt` without it: something was left behind, which is tried again at `nextTryAt`.
 */
export type MoveView = {
  id: string;
  kind: MoveKind;
  phase: 'testing' | 'switching' | 'rewrapping' | 'reencrypting' | 'done';
  requestedBy: string;
  dueAt: string;
  attempts: number;
  /** Set while the last try failed. */
  failure: { code: ErrorCode; detail: string } | null;
  nextTryAt: string | null;
  paused: { at: string; by: string } | null;
  /** Apps with their fresh data key, of those concerned. */
  apps: { total: number; done: number };
  /** Older data keys, on their way to the wrapping that their app belongs to. */
  dataKeys: Progress;
  /** Stored records of apps that are re-encrypted. */
  records: Progress;
  /** Data keys that could not be moved: the first 20. */
  leftBehind: {
    dataKeyId: string;
    appName: string;
    code: ErrorCode;
    detail: string;
    attempts: number;
    lastAt: string;
  }[];
  startedAt: string | null;
  triedAt: string | null;
  finishedAt: string | null;
};

/** A key version on the time line, newest first. */
export type VersionView = {
  id: string;
  number: number;
  /** In force now. */
  current: boolean;
  keyArn: string;
  pinnedKeyArn: string;
  /** Empty with an access key, as `accessKeyId` is with a role. */
  roleArn: string;
  accessKeyId: string;
  madeBy: string;
  madeAt: string;
  health: HealthView;
  lastUsedAt: string | null;
  /** What hangs on it now. */
  dataKeys: number;
  records: number;
  retirement: {
    safe: boolean;
    /** One sentence per thing that stands against it; empty when it is safe. */
    reasons: string[];
    /** When the retention will have passed, where nothing else stands against it. */
    safeFrom: string | null;
  };
};

/** What a command would do, without doing it. */
export type PlanView = {
  apps: number;
  appsAdded: number;
  appsRemoved: number;
  freshDataKeys: number;
  dataKeysToRewrap: number;
  records: number;
  recordsToReencrypt: number;
  kmsCalls: { generate: number; encrypt: number; decrypt: number; total: number };
  seconds: { low: number; high: number };
  /** What the times rest on, in one sentence. */
  assumption: string;
  costUsd: number;
  /** What a KMS request costs, with its source, in one sentence. */
  price: string;
  /** Why the command would be refused now; null when it would not. */
  refusal: string | null;
};

export type KeySummary = {
  id: string;
  alias: string;
  description: string;
  state: KeyState;
  status: DisplayStatus;
  health: HealthView | null;
  enforcementAt: string | null;
  /** As given by the administrator, or null while the draft has none. */
  keyArn: string | null;
  versionNumber: number | null;
  /** The last run of Test Configuration, whatever was tested; null where nothing was. */
  lastTest: { at: string; passed: boolean } | null;
  /** Of the version in force; null where it was given no alias. */
  aliasWatch: AliasWatch | null;
  appsSelected: number;
  appsUnderKey: number;
  /** The one under way, else the last one; rekeys apart. */
  move: MoveView | null;
};

/** How long a copy of a data key may serve after the key has been taken away. */
export type CopyTimes = {
  cacheTtlSeconds: number;
  /** How long data keys that were leased to services serve yet: no revocation ends a lease, nor a cache time that was shortened. */
  leasesServeSeconds?: number;
};

export type KeyListView = {
  tenant: { name: string; homeRegion: string; promise: PromiseView | null } & CopyTimes;
  apps: { total: number; underPlatformKey: number };
  keys: KeySummary[];
};

/** That nothing returns to the platform key: from one key, or from any of the tenant's, those to come included. */
export type PromiseView = { scope: 'key' | 'tenant'; at: string; by: string | null };

/** What a key is made of, as far as it is known: what was entered, what AWS said, and what we may do. */
export type KeyDetailsView = {
  provider: string;
  authMode: string;
  /** Empty with an assumed role. */
  accessKeyId: string;
  /** What we present when the role is assumed; empty with an access key. */
  externalId: string;
  regionPolicy: 'refuse' | 'warn';
  /** Of the version in force, or of a later test of exactly what stands. */
  facts: KeyFacts | null;
  /** Whole days until imported material expires; null where nothing does. */
  daysLeft: number | null;
  /** As entered here. */
  tags: Tag[];
  /** Empty where nothing was tested yet. */
  permissions: Permission[];
  testedAt: string | null;
  promise: PromiseView | null;
};

export type AppProtection = {
  id: string;
  name: string;
  kind: 'app' | 'bot';
  /** What new data of this app is encrypted under now. */
  protectedBy: { kind: 'platform' } | { kind: 'version'; keyId: string; number: number };
  /** What its data keys are wrapped by at this moment: label ("Platform key", "Version 2") and how many. */
  wrappedBy: { label: string; dataKeys: number }[];
  dataKeys: number;
  records: number;
  /** Records under an older data key. */
  recordsPending: number;
  /** Older data keys kept because envelopes under them left through the HTTP interface. */
  keptDataKeys: number;
  selected: boolean;
  /** The age of its current data key counts from here; null while it has none. */
  dataKeySince: string | null;
  /** A rekey of this app that is not over. */
  rekey: MoveView | null;
};

export type KeyPageView = KeySummary & {
  revision: number;
  changedBy: string;
  tenant: { id: string; name: string; homeRegion: string } & CopyTimes;
  apps: AppProtection[];
  /** What stands: scheduled, or in force. */
  standing: {
    authMode: string;
    region: string;
    /** Empty with an access key, as `accessKeyId` is with a role. */
    roleArn: string;
    accessKeyId: string;
    secret: SecretNote | null;
    keyArn: string;
    pinnedKeyArn: string | null;
    policyShape: PolicyShape;
    dataKeyPair: boolean;
    enforcementAt: string | null;
    timeZone: string;
  } | null;
  /** A working copy exists beside what is scheduled. */
  hasWorkingCopy: boolean;
  totals: { recordsUnderKey: number; recordsUnderPlatformKey: number };
  /** What backups from before the move still hold, openable with the platform root key. */
  backups: { records: number; olderThan: string; until: string } | null;
  profiles: { id: string; appId: string; appName: string; name: string }[];
  versions: VersionView[];
  irreversible: boolean;
  /** What keeps the key from being deleted, a sentence each; empty where nothing hangs on it. */
  uses: string[];
  details: KeyDetailsView;
  /** What a rotation that is being prepared would use; null where none is. */
  rotation: {
    region: string;
    roleArn: string;
    accessKeyId: string;
    secret: SecretNote | null;
    keyArn: string;
    report: ReportView | null;
  } | null;
  /** Set while the role's policy may still name every key: since when, and what to replace it by once the key is known. */
  policyScope: { scope: PolicyScope; narrowed: object | null; roleUrl: string | null } | null;
  commands: Record<Command, Verdict>;
};

/** All that is ever told of a stored secret. */
export type SecretNote = { storedAt: string; storedBy: string };

export type ConfigurationView = {
  provider: string;
  authMode: string;
  region: string;
  accountId: string;
  roleName: string;
  roleArn: string;
  keyArn: string;
  /** Keyward is to create the key: `keyArn` is empty until it has. */
  createsKey: boolean;
  dataKeyPair: boolean;
  accessKeyId: string;
  /** Whether a secret access key is stored. The secret itself never leaves the server. */
  hasSecret: boolean;
  secret: SecretNote | null;
  policyShape: PolicyShape;
  enforcementChoice: '' | 'now' | 'at';
  enforcementAt: string | null;
  timeZone: string;
};

export type ReportView = {
  id: string;
  passed: boolean;
  checks: CheckResult[];
  warnings: CheckId[];
  pinnedKeyArn: string | null;
  facts: KeyFacts | null;
  byEmail: string;
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
  /** For the region that is saved. */
  serviceRoleArn: string;
  /** For every region: what the one that is being chosen will need. */
  serviceRoles: ServiceRole[];
  consoleUrl: string;
  /** Addresses and networks from which we call AWS; empty where the vendor has named none. */
  outgoingIps: string[];
  /** `sample`: names of the first ten that are not selected. */
  selection: { total: number; selected: number; sample: string[] };
  /** What was verified of the set-up guide, step by step. */
  checklist: ChecklistView;
  report: ReportView | null;
  /** The key that Keyward created for this, or is creating; null where it made none. */
  creation: CreationView | null;
  /** What would keep Proceed from working now, in the order to mend it; empty when ready. */
  obstacles: { code: ErrorCode; step: string; text: string }[];
};

/** What the hand-over summary of a key is written from: what is saved, and how far it was seen to work. */
export type HandOverView = Pick<
  SetupView,
  'configuration' | 'tenant' | 'externalId' | 'serviceRoleArn' | 'consoleUrl' | 'outgoingIps' | 'checklist' | 'report'
> & {
  key: Pick<SetupView['key'], 'id' | 'alias' | 'description' | 'state'>;
  status: DisplayStatus;
  health: HealthView | null;
  /** The key itself, where a test has told it. */
  pinnedKeyArn: string | null;
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

export type ValidationView = {
  at: string;
  apps: {
    appId: string;
    name: string;
    kind: 'app' | 'bot';
    protectedBy: string;
    tried: number;
    opened: number;
    failure: { code: ErrorCode; detail: string } | null;
    awsRequestIds: string[];
    durationMs: number;
  }[];
  health: HealthView | null;
};

export type OpenedRecord = { id: string; createdAt: string; plaintext: string };

export type TenantRow = {
  id: string;
  name: string;
  homeRegion: string;
  keyId: string | null;
  alias: string | null;
  status: DisplayStatus | 'Activation failed' | 'None';
  health: HealthView | null;
  cause: string;
  since: string | null;
  whoseMove: 'customer' | 'AWS' | 'us' | 'none';
  enforcementAt: string | null;
  appsTotal: number;
  appsUnderKey: number;
  appsAtRisk: number;
};

export type TenantView = {
  tenant: TenantRow;
  keys: KeySummary[];
  diagnosis: string;
  /** `elsewhere`: aliases of the keys in force that lie outside of the home region. */
  regionRule: { regionPolicy: 'refuse' | 'warn'; elsewhere: string[] };
  promise: PromiseView | null;
};

/** What a token lets a service of the vendor's do; `lease` hands out data keys in the clear, for a bounded time. */
export type TokenAction = 'encrypt' | 'decrypt' | 'lease';

export type TokenRow = {
  id: string;
  tenantName: string;
  name: string;
  hint: string;
  actions: TokenAction[];
  createdBy: string;
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
};

export type HistoryEvent = {
  id: string;
  at: string;
  actor: string;
  actorRole: string;
  operation: string;
  outcome: 'done' | 'refused' | 'failed';
  code: string | null;
  target: string | null;
  before: unknown;
  after: unknown;
  requestId: string;
  awsRequestIds: string[];
};

/**
 * What operations answer with and screens show: plain data, safe to send to the browser of whoever may call the
 * operation. Instants are ISO 8601 in UTC.
 */
import type { ErrorCode } from './errors.ts';
import type { Health } from './health.ts';
import type { Command, DisplayStatus, KeyState, Verdict } from './lifecycle.ts';
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

export type ActivationView = {
  phase: 'testing' | 'switching' | 'rewrapping' | 'reencrypting' | 'done';
  dueAt: string;
  attempts: number;
  /** Set while the last try failed. */
  failure: { code: ErrorCode; detail: string } | null;
  nextTryAt: string | null;
  appsTotal: number;
  appsDone: number;
  /** Older data keys that still lie under the platform key. */
  dataKeysLeft: number;
  recordsTotal: number;
  recordsDone: number;
  startedAt: string | null;
  finishedAt: string | null;
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
  appsSelected: number;
  appsUnderKey: number;
  activation: ActivationView | null;
};

export type KeyListView = {
  tenant: { name: string; homeRegion: string; cacheTtlSeconds: number };
  apps: { total: number; underPlatformKey: number };
  keys: KeySummary[];
};

export type AppProtection = {
  id: string;
  name: string;
  kind: 'app' | 'bot';
  /** What new data of this app is encrypted under now. */
  protectedBy: { kind: 'platform' } | { kind: 'version'; keyId: string; number: number };
  dataKeys: number;
  records: number;
  /** Records still under an older data key, being rewritten. */
  recordsPending: number;
  /** Older data keys kept because envelopes under them left through the HTTP interface. */
  keptDataKeys: number;
  selected: boolean;
};

export type KeyPageView = KeySummary & {
  revision: number;
  changedBy: string;
  tenant: { id: string; name: string; homeRegion: string; cacheTtlSeconds: number };
  apps: AppProtection[];
  /** What stands: scheduled, or in force. */
  standing: {
    region: string;
    roleArn: string;
    keyArn: string;
    pinnedKeyArn: string | null;
    enforcementAt: string | null;
    timeZone: string;
  } | null;
  /** A working copy exists beside what is scheduled. */
  hasWorkingCopy: boolean;
  totals: { recordsUnderKey: number; recordsUnderPlatformKey: number };
  /** What backups from before the move still hold, openable with the platform root key. */
  backups: { records: number; olderThan: string; until: string } | null;
  profiles: { id: string; appId: string; appName: string; name: string }[];
  commands: Record<Command, Verdict>;
};

export type ConfigurationView = {
  provider: string;
  authMode: string;
  region: string;
  accountId: string;
  roleName: string;
  roleArn: string;
  keyArn: string;
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
  byEmail: string;
  requestId: string;
  startedAt: string;
  finishedAt: string;
  /** Something that the test depends on has changed since. */
  stale: boolean;
};

/** Everything the wizard shows, for whichever step. */
export type SetupView = {
  key: { id: string; alias: string; description: string; state: KeyState; revision: number };
  configuration: ConfigurationView;
  savedStep: string;
  /** A working copy of a scheduled key, a draft, or nothing to edit yet (the next save makes the working copy). */
  editing: 'draft' | 'working-copy' | 'scheduled';
  tenant: { id: string; name: string; homeRegion: string; regionPolicy: 'refuse' | 'warn' };
  externalId: string;
  serviceRoleArn: string;
  consoleUrl: string;
  /** `sample`: names of the first ten that are not selected. */
  selection: { total: number; selected: number; sample: string[] };
  report: ReportView | null;
  /** What would keep Proceed from working now, in the order to mend it; empty when ready. */
  obstacles: { code: ErrorCode; step: string; text: string }[];
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

export type TenantView = { tenant: TenantRow; keys: KeySummary[]; diagnosis: string };

export type TokenRow = {
  id: string;
  tenantName: string;
  name: string;
  hint: string;
  actions: ('encrypt' | 'decrypt')[];
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

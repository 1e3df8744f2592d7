/** What the pages of enterprise keys show: plain data, safe to send to the browser of whoever may call the operation. Instants are ISO 8601 in UTC. */
import type { AliasWatch } from './alias-watch.ts';
import type { ConnectionView, ShownBy } from './connection.ts';
import type { StoredMode } from './connection-mode.ts';
import type { Health } from './health.ts';
import type { KeyFacts } from './key-facts.ts';
import type { Command, Decision, DisplayStatus, KeyState } from './lifecycle.ts';
import type { Permission } from './permissions.ts';
import type { AuthModeId, ProviderId } from './providers.ts';
import type { ReportView } from './setup-views.ts';
import type { Tag } from './tags-text.ts';
import type { TransitionView } from './transition-views.ts';

export type HealthView = {
  state: Health;
  /** One sentence, where there is something to say. */
  cause: string | null;
  /** The one next step, where the key was lost. */
  next?: string | null;
  since: string | null;
  at: string | null;
  /** From when on what was last seen is too old to speak of how the key is now. */
  oldFrom?: string | null;
  /** Whether that has come, when this was read. */
  old?: boolean;
  providerRequestId: string | null;
};

/** An older version that data hangs on and that cannot be reached; counted from the data. */
export type UnreadableVersion = {
  number: number;
  provider: string;
  health: HealthView;
  apps: number;
  dataKeys: number;
  records: number;
};

/** What a check of a key has come to. */
export type CheckedView = {
  /** Whether the key service was asked for it just now; otherwise an answer from less than the interval ago was shared. */
  asked: boolean;
  health: HealthView | null;
};

export type KeySummary = {
  id: string;
  alias: string;
  description: string;
  state: KeyState;
  status: DisplayStatus;
  /** Of the active version, else of what is entered; as it is stored. */
  provider: string;
  /** Of the active version. */
  health: HealthView | null;
  /** Newest first; empty where everything that was stored under the key can be reached. */
  unreadable: UnreadableVersion[];
  enforcementAt: string | null;
  /** As given by the administrator, or null while the draft has none. */
  keyRef: string | null;
  versionNumber: number | null;
  /** The last run of Test Configuration, whatever was tested; null where nothing was. */
  lastTest: { at: string; passed: boolean } | null;
  /** Of the active version; null where it was given no alias. */
  aliasWatch: AliasWatch | null;
  /** What is stored of how it is reached, where this version does not know it; null where it does. */
  unknownConnection: StoredMode | null;
  appsSelected: number;
  appsUnderKey: number;
  /** The one under way, else the last one; rekeys apart. */
  transition: TransitionView | null;
};

/** How long a copy of a data key may serve after the key has been taken away. */
export type CopyTimes = {
  cacheTtlSeconds: number;
  /** How long data keys that were leased to services serve yet: no revocation ends a lease, nor a cache time that was shortened. */
  leasesServeSeconds?: number;
};

export type KeyListView = {
  tenant: { name: string; homeRegion: string; commitment: CommitmentView | null } & CopyTimes;
  apps: { total: number; underPlatformKey: number };
  keys: KeySummary[];
};

/** That nothing returns to the platform key: from one key, or from any of the tenant's, those to come included. */
export type CommitmentView = { scope: 'key' | 'tenant'; at: string; by: string | null };

/** All that is ever told of a stored secret. */
export type SecretNote = { storedAt: string; storedBy: string };

/** What a key is made of, as far as it is known: what was entered, what the provider said, and what we may do. */
export type KeyDetailsView = {
  provider: string;
  authMode: string;
  /** For the provider's own screens; null where nothing is entered. */
  connected: ConnectionView | null;
  /** What we present, where the authentication mode has it; else empty. */
  externalId: string;
  regionPolicy: 'refuse' | 'warn';
  /** Of the active version, or of a later test of exactly what stands. */
  facts: KeyFacts | null;
  /** Whole days until imported material expires; null where nothing does. */
  daysLeft: number | null;
  /** As entered here. */
  tags: Tag[];
  /** Empty where nothing was tested yet. */
  permissions: Permission[];
  testedAt: string | null;
  commitment: CommitmentView | null;
};

export type AppProtection = {
  id: string;
  name: string;
  kind: 'app' | 'bot';
  /** What new data of this app is encrypted under now; under one that is revoked nothing can be read or written. */
  protectedBy: { kind: 'platform' } | { kind: 'version'; keyId: string; number: number; revoked: boolean };
  /** What its data keys are wrapped by at this moment: label ("Platform key", "Version 2") and how many. */
  wrappedBy: { label: string; dataKeys: number }[];
  dataKeys: number;
  records: number;
  /** Records under an older data key. */
  recordsPending: number;
  /** Older data keys kept because envelopes under them left through the HTTP interface. */
  keptDataKeys: number;
  selected: boolean;
  /** It belongs to this key, or older data of it still lies under a version of it. */
  underKey: boolean;
  /** The age of its current data key counts from here; null while it has none. */
  dataKeySince: string | null;
  /** A rekey of this app that is not over. */
  rekey: TransitionView | null;
};

/** A key version on the time line, newest first. */
export type VersionView = ConnectionView & {
  id: string;
  /** As it is stored: of a version that is not known nothing else is told. */
  provider: string;
  /** The key as it was given, by the provider's own name. */
  keyRef: string;
  number: number;
  /** Active now. */
  current: boolean;
  pinnedKeyRef: string;
  /** Where this version does not know how it is reached; then nothing is told of its connection. */
  unknownConnection: StoredMode | null;
  /** The page of its key at its provider; null where there is none. */
  keyUrl: string | null;
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

export type KeyPageView = KeySummary & {
  revision: number;
  changedBy: string;
  tenant: { id: string; name: string; homeRegion: string } & CopyTimes;
  apps: AppProtection[];
  /** What stands: scheduled, or active; null also where this version does not know how it is reached. */
  standing:
    | (ConnectionView & {
        provider: ProviderId;
        authMode: AuthModeId;
        secret: SecretNote | null;
        pinnedKeyRef: string | null;
        enforcementAt: string | null;
        timeZone: string;
      })
    | null;
  /** A working copy exists beside what is scheduled. */
  hasWorkingCopy: boolean;
  totals: { recordsUnderKey: number; recordsUnderPlatformKey: number };
  /**
   * What backups from before the transition still hold, openable with the platform root key: stored records, and whether envelopes
   * that services hold outside are among it.
   */
  backups: { records: number; outside: boolean; olderThan: string; until: string } | null;
  profiles: { id: string; appId: string; appName: string; name: string }[];
  versions: VersionView[];
  irreversible: boolean;
  /** What keeps the key from being deleted, a sentence each; empty where nothing hangs on it. */
  uses: string[];
  details: KeyDetailsView;
  /** What a rotation that is being prepared would use; null where none is. */
  rotation:
    | (ConnectionView & {
        provider: ProviderId;
        authMode: AuthModeId;
        /** The key as it was given. */
        keyRef: string;
        secret: SecretNote | null;
        report: ReportView | null;
      })
    | null;
  /** What is left open by its set-up, for the provider's own screen; null where nothing is. */
  reminder: ShownBy<'reminder'>;
  commands: Record<Command, Decision>;
};

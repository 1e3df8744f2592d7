/** What the pages of apps and bots show: plain data, safe to send to the browser of whoever may call the operation. */

import type { CopyTimes, HealthView } from './key-views.ts';
import type { DisplayStatus } from './lifecycle.ts';
import type { TransitionView } from './transition-views.ts';

/** An app with what protects it at this moment. */
export type AppRow = {
  id: string;
  name: string;
  kind: 'app' | 'bot';
  /** What new data of it is encrypted under; under one that is revoked nothing can be read or written. */
  protectedBy:
    | { kind: 'platform' }
    | { kind: 'version'; keyId: string; alias: string; number: number; revoked: boolean };
  /** What its data keys are wrapped by at this moment: "Platform key", "Version 2 of production". */
  wrappedBy: { label: string; dataKeys: number }[];
  dataKeys: number;
  records: number;
  /** Since when its current data key is the current one, ISO 8601; null while it has none. */
  dataKeySince: string | null;
};

export type AppListView = { tenant: { name: string }; apps: AppRow[] };

/** What an app can be put under: a key of the tenant's, or for `keyId` null the platform key. */
export type AssignableKey = {
  keyId: string | null;
  /** "Platform key", or the alias. */
  name: string;
  description: string;
  status: DisplayStatus | null;
  health: HealthView | null;
  /** Seen by whoever assigns, and compared; 0 for the platform key. */
  revision: number;
  /** Why the app cannot be put under it now; null where it can, or is already. */
  reason: string | null;
};

export type AppView = AppRow & {
  tenant: { name: string } & CopyTimes;
  /** The platform key first, then the tenant's keys by age; reverted ones are left out. */
  choices: AssignableKey[];
  /** Transitions that concern this app and are not over, oldest first. */
  transitions: { keyId: string | null; keyAlias: string | null; transition: TransitionView }[];
};

/** What the vendor’s own people are shown of tenants and tokens: plain data, safe to send to the browser of whoever may call the operation. Instants are ISO 8601 in UTC. */
import type { CommitmentView, HealthView, KeySummary, UnreadableVersion } from './key-views.ts';
import type { TenantStatus } from './lifecycle.ts';

export type TenantRow = {
  id: string;
  name: string;
  /** The vendor's own name for it. */
  reference: string;
  homeRegion: string;
  keyId: string | null;
  alias: string | null;
  status: TenantStatus;
  health: HealthView | null;
  unreadable: UnreadableVersion[];
  cause: string;
  since: string | null;
  /** Of the key that the row speaks of; null without one. */
  provider: string | null;
  whoseMove: 'customer' | 'provider' | 'us' | 'none';
  enforcementAt: string | null;
  appsTotal: number;
  appsUnderKey: number;
  appsAtRisk: number;
};

/** What support sends to a customer whose move it is: nothing in it is a secret, the external ID among them. */
export type CustomerRequest = {
  alias: string;
  /** What does not work and why, in plain words. */
  says: string;
  /** The one thing to do. */
  next: string;
  facts: { name: string; value: string }[];
  policy: { name: string; text: string; markedLines: [number, number][] } | null;
  link: { label: string; url: string } | null;
  /** All of it as plain text. */
  text: string;
};

export type TenantView = {
  tenant: TenantRow;
  keys: KeySummary[];
  /** Null where there is nothing that the customer has to fix. */
  request: CustomerRequest | null;
  diagnosis: string;
  /** `elsewhere`: aliases of the active keys that lie outside of the home region. */
  regionRule: { regionPolicy: 'refuse' | 'warn'; elsewhere: string[] };
  commitment: CommitmentView | null;
  people: PagedRows<TenantPerson>;
  apps: PagedRows<TenantApp>;
};

/** One page of a list: `total` of all, `page` from 1. */
export type PagedRows<Row> = { rows: Row[]; total: number; page: number; pages: number };

export type TenantPerson = {
  id: string;
  email: string;
  role: 'admin' | 'viewer';
  /** The one-time password has not been changed yet. */
  mustChangePassword: boolean;
  createdAt: string;
};

export type AppKind = 'app' | 'bot';

export type TenantApp = {
  id: string;
  name: string;
  kind: AppKind;
  reference: string;
  /** Alias of the enterprise key that it belongs to; null under the platform key. */
  keyAlias: string | null;
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
  /** When it ends by itself; null: until it is revoked. */
  endsAt: string | null;
  isEnded: boolean;
};

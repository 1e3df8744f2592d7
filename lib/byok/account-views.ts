/** Who is signed in, and what people have done: plain data, safe to send to the browser of whoever may call the operation. Instants are ISO 8601 in UTC. */

export type Role = 'admin' | 'viewer' | 'support' | 'operator';

export type Me = {
  email: string;
  role: Role;
  tenant: { id: string; name: string } | null;
  mustChangePassword: boolean;
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
  providerRequestIds: string[];
  /** From where, for sign-ins, for 90 days: an IPv4 address or an IPv6 /64. */
  source?: string | null;
  /** Whose it is, where events of several tenants are listed. */
  tenantName?: string | null;
};

/** What an ID in the history names now; whatever is gone is not among them. */
export type HistoryName = {
  kind: 'key' | 'app' | 'bot' | 'token' | 'tenant' | 'person' | 'authorization-profile';
  name: string;
};

/** By ID. */
export type HistoryNames = Readonly<Record<string, HistoryName>>;

/** Somebody or something that a history can be filtered by. */
export type HistoryChoice = { id: string; name: string };

export type HistoryView = {
  events: HistoryEvent[];
  /** The last event of the page, where there are older ones. */
  next: string | null;
  names: HistoryNames;
  /** The event that was asked for by its ID, wherever it stands; null where it is not in this history. */
  opened: HistoryEvent | null;
  /** How many there are in all; `atLeast`: they were not counted to the end. */
  total: { count: number; atLeast: boolean };
};

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

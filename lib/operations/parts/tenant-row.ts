import type { KeySummary, TenantRow } from '../../byok/views.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';

/** What support sees of one tenant: its riskiest key, why, since when, and whose move it is. */
export function toTenantRow(tenant: TenantRecord, apps: { total: number }, keys: KeySummary[]): TenantRow {
  const key = keys.toSorted((a, b) => risk(b) - risk(a))[0];
  const base = { id: tenant.id, name: tenant.name, homeRegion: tenant.homeRegion, appsTotal: apps.total };
  if (!key) {
    return {
      ...base,
      keyId: null,
      alias: null,
      status: 'None',
      health: null,
      cause: 'Everything lies under the platform key.',
      since: null,
      whoseMove: 'none',
      enforcementAt: null,
      appsUnderKey: 0,
      appsAtRisk: 0,
    };
  }
  const appsUnderKey = keys.reduce((sum, one) => sum + one.appsUnderKey, 0);
  return {
    ...base,
    keyId: key.id,
    alias: key.alias,
    status: key.move?.failure && !key.move.finishedAt ? 'Activation failed' : key.status,
    health: key.health,
    ...verdict(key),
    enforcementAt: key.enforcementAt,
    appsUnderKey,
    appsAtRisk: keys.reduce(
      (sum, one) => sum + (one.health?.state === 'revoked' || one.health?.state === 'outage' ? one.appsUnderKey : 0),
      0,
    ),
  };
}

/** Higher is worse: what is taken away, what does not answer, what failed to come into force, what moves, the rest. */
export function risk(key: Pick<KeySummary, 'health' | 'move' | 'status'>): number {
  if (key.health?.state === 'revoked') return 6;
  if (key.move?.failure && !key.move.finishedAt) return 5;
  if (key.health?.state === 'outage') return 4;
  if (key.health?.state === 'degraded') return 3;
  if (key.status === 'Activating') return 2;
  return key.status === 'Scheduled' ? 1 : 0;
}

export function riskOfRow(row: TenantRow): number {
  if (row.status === 'Activation failed') return Math.max(5, row.health?.state === 'revoked' ? 6 : 0);
  return risk({ health: row.health, move: null, status: row.status === 'None' ? 'Draft' : row.status });
}

function verdict(key: KeySummary): Pick<TenantRow, 'cause' | 'since' | 'whoseMove'> {
  const { health, move } = key;
  if (health?.state === 'revoked')
    return { cause: health.cause ?? 'The key refuses us.', since: health.since, whoseMove: 'customer' };
  if (move?.failure && !move.finishedAt) {
    const ours = move.failure.code === 'internal' || move.failure.code === 'unavailable';
    return {
      cause: move.failure.detail,
      since: move.dueAt,
      whoseMove: ours ? 'us' : move.failure.code === 'key-outage' ? 'AWS' : 'customer',
    };
  }
  if (health?.state === 'outage')
    return { cause: health.cause ?? 'AWS does not answer.', since: health.since, whoseMove: 'AWS' };
  if (health?.state === 'degraded')
    return { cause: 'The key answers again after it had refused.', since: health.since, whoseMove: 'none' };
  switch (key.status) {
    case 'Draft':
      return {
        cause: 'A key is being prepared; everything lies under the platform key.',
        since: null,
        whoseMove: 'customer',
      };
    case 'Scheduled':
      return {
        cause: `${key.appsSelected} apps and bots go under the customer’s key at the enforcement date.`,
        since: null,
        whoseMove: 'none',
      };
    case 'Activating':
      return {
        cause: `${move?.apps.done ?? 0} of ${move?.apps.total ?? 0} apps and bots are under the customer’s key so far.`,
        since: move?.dueAt ?? null,
        whoseMove: 'none',
      };
    default:
      return {
        cause: `${key.appsUnderKey} apps and bots lie under the customer’s key.`,
        since: health?.since ?? null,
        whoseMove: 'none',
      };
  }
}

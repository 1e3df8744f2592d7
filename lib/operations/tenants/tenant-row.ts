import { driftSentence, hasDrifted } from '../../byok/alias-watch.ts';
import { unknownWords } from '../../byok/connection-mode.ts';
import type { ErrorCode } from '../../byok/errors.ts';
import { countOf, formatCount } from '../../byok/format.ts';
import type { KeySummary, UnreadableVersion } from '../../byok/key-views.ts';
import { capital, serviceName } from '../../byok/providers.ts';
import type { TransitionView } from '../../byok/transition-views.ts';
import type { TenantRow } from '../../byok/vendor-views.ts';
import { visible } from '../../byok/visible-text.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';

/** What support sees of one tenant: its riskiest key, why, since when, and whose move it is. */
export function toTenantRow(tenant: TenantRecord, apps: { total: number }, keys: KeySummary[]): TenantRow {
  const key = keys.toSorted((a, b) => saysMore(b) - saysMore(a))[0];
  const { id, name, reference, homeRegion } = tenant;
  const base = { id, name, reference, homeRegion, appsTotal: apps.total };
  if (!key) {
    return {
      ...base,
      keyId: null,
      alias: null,
      status: 'none',
      health: null,
      unreadable: [],
      cause: 'All data uses the platform key.',
      since: null,
      provider: null,
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
    alias: visible(key.alias),
    status: stuckTransition(key)?.kind === 'activate' ? 'activation-failed' : key.status,
    health: key.health,
    unreadable: key.unreadable,
    provider: key.provider,
    ...condition(key),
    enforcementAt: key.enforcementAt,
    appsUnderKey,
    appsAtRisk: keys.reduce((sum, one) => sum + atRisk(one), 0),
  };
}

/** With the active version all its apps; otherwise those that have something under an older one, of the worst of those. */
function atRisk({ health, appsUnderKey, unreadable }: KeySummary): number {
  if (health?.state === 'revoked' || health?.state === 'outage') return appsUnderKey;
  return Math.max(0, ...unreadable.map(({ apps }) => apps));
}

/** How bad the worst of a tenant's keys is: the riskiest tenants come first. */
export function riskOf(keys: KeySummary[]): number {
  return Math.max(-1, ...keys.map(risk));
}

/** Higher is worse: what is taken away, what failed to move, what does not answer, what is incomplete, what moves, the rest. */
function risk(
  key: Pick<KeySummary, 'health' | 'unreadable' | 'transition' | 'status' | 'aliasWatch' | 'unknownConnection'>,
): number {
  if (key.health?.state === 'revoked' || key.unreadable.some(({ health }) => health.state === 'revoked')) return 6;
  if (key.unknownConnection || stuckTransition(key)?.failure) return 5;
  if (key.health?.state === 'outage') return 4;
  if (stuckTransition(key)) return 3;
  if (key.health?.state === 'degraded') return 3;
  if (key.status === 'activating' || key.status === 'rotating' || key.status === 'reverting') return 2;
  if (key.aliasWatch && hasDrifted(key.aliasWatch)) return 2;
  return key.status === 'scheduled' ? 1 : 0;
}

/** Which of a tenant's keys its row speaks of: the worst, as long as one is bad; otherwise what data lies under, before what is to come. */
function saysMore(key: KeySummary): number {
  const worst = risk(key);
  if (worst > 1) return 10 + worst;
  return key.status === 'active' ? 3 : key.status === 'scheduled' ? 2 : key.status === 'draft' ? 1 : 0;
}

/** A key transition whose last try failed, or that has tried everything and is incomplete. */
function stuckTransition({ transition }: Pick<KeySummary, 'transition'>): TransitionView | undefined {
  const stuck =
    transition &&
    !transition.finishedAt &&
    (transition.failure !== null || (transition.triedAt !== null && transition.dataKeys.failed > 0));
  return stuck ? transition : undefined;
}

const transitionNames = {
  activate: 'The activation',
  rotate: 'The rotation',
  'select-apps': 'The change of apps',
  revert: 'The return to the platform key',
  rekey: 'The rekey',
} as const satisfies Record<TransitionView['kind'], string>;

/** What nobody but us can fix. */
const ourCodes: ReadonlySet<ErrorCode> = new Set([
  'internal',
  'unavailable',
  'conflict',
  'cannot-open',
  'unknown-provider',
]);

function stuckCondition(transition: TransitionView): Pick<TenantRow, 'cause' | 'since' | 'whoseMove'> {
  const [first] = transition.failures;
  const { code, detail } = transition.failure ?? first ?? { code: 'internal', detail: '' };
  const ours = ourCodes.has(code);
  const { failed } = transition.dataKeys;
  const left = countOf(failed, 'data key');
  // What failed before anything moved is the activation alone, and its detail says it by itself.
  const cause =
    failed > 0
      ? `${transitionNames[transition.kind]} could not rewrap ${left}: ${detail}`
      : transition.startedAt
        ? `${transitionNames[transition.kind]} is stuck: ${detail}`
        : detail;
  return {
    cause,
    since: transition.startedAt ?? transition.dueAt,
    whoseMove: ours ? 'us' : code === 'key-outage' ? 'provider' : 'customer',
  };
}

function condition(key: KeySummary): Pick<TenantRow, 'cause' | 'since' | 'whoseMove'> {
  const { health, transition } = key;
  if (health?.state === 'revoked')
    return { cause: health.cause ?? 'Access to the key was denied.', since: health.since, whoseMove: 'customer' };
  const [lost] = key.unreadable.filter((one) => one.health.state === 'revoked');
  if (lost)
    return {
      cause: `${recordsOf(lost)} cannot be read: ${lost.health.cause ?? 'access to the key was denied.'}`,
      since: lost.health.since,
      whoseMove: 'customer',
    };
  if (key.unknownConnection) return { cause: unknownWords(key.unknownConnection), since: null, whoseMove: 'us' };
  const stuck = stuckTransition(key);
  if (stuck?.failure) return stuckCondition(stuck);
  if (health?.state === 'outage')
    return {
      cause: health.cause ?? `${capital(serviceName(key.provider))} does not answer.`,
      since: health.since,
      whoseMove: 'provider',
    };
  if (stuck) return stuckCondition(stuck);
  if (transition?.paused && !transition.finishedAt)
    return {
      cause: `${transitionNames[transition.kind]} is paused by ${transition.paused.by}.`,
      since: transition.paused.at,
      whoseMove: 'customer',
    };
  const drift = key.aliasWatch && hasDrifted(key.aliasWatch) ? key.aliasWatch : null;
  if (drift)
    return {
      // Without the ARN: support pastes this into tickets.
      cause: `${driftSentence({ state: drift.state, leadsTo: null })} Data stays under the active key until the customer rotates.`,
      since: drift.driftedAt,
      whoseMove: 'customer',
    };
  if (health?.state === 'degraded')
    return { cause: 'The key answers again after it had denied access.', since: health.since, whoseMove: 'none' };
  switch (key.status) {
    case 'draft':
      return {
        cause: 'A key is being set up. All data uses the platform key.',
        since: null,
        whoseMove: 'customer',
      };
    case 'scheduled':
      return {
        cause: `${countOf(key.appsSelected, 'app or bot switches', 'apps and bots switch')} to the customer’s key at the enforcement date.`,
        since: null,
        whoseMove: 'none',
      };
    case 'activating':
      return {
        cause: `${formatCount(transition?.apps.done ?? 0)} of ${countOf(transition?.apps.total ?? 0, 'app or bot uses', 'apps and bots use')} the customer’s key so far.`,
        since: transition?.dueAt ?? null,
        whoseMove: 'none',
      };
    case 'rotating':
      return {
        cause: `Data keys move to version ${key.versionNumber ?? 0}: ${far(transition)}. New data already uses it.`,
        since: transition?.startedAt ?? null,
        whoseMove: 'none',
      };
    case 'reverting':
      return {
        cause: `Data keys return to the platform key: ${far(transition)}. New data already uses it.`,
        since: transition?.startedAt ?? null,
        whoseMove: 'none',
      };
    default:
      return {
        cause: `${countOf(key.appsUnderKey, 'app or bot uses', 'apps and bots use')} the customer’s key.`,
        since: health?.since ?? null,
        whoseMove: 'none',
      };
  }
}

/** Where nothing is stored here, what services hold under its data keys cannot be read all the same. */
function recordsOf({ number, records, dataKeys }: UnreadableVersion): string {
  const what = records > 0 ? countOf(records, 'record') : countOf(dataKeys, 'data key');
  return `${what} under version ${number}`;
}

function far(transition: TransitionView | null): string {
  return `${formatCount(transition?.dataKeys.done ?? 0)} of ${formatCount(transition?.dataKeys.total ?? 0)} so far`;
}

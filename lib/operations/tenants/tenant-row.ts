import { driftSentence, hasDrifted } from '../../byok/alias-watch.ts';
import { unknownWords } from '../../byok/connection-mode.ts';
import type { ErrorCode } from '../../byok/errors.ts';
import { countOf, formatCount } from '../../byok/format.ts';
import type { KeySummary, UnreadableVersion } from '../../byok/key-views.ts';
import type { MoveView } from '../../byok/move-views.ts';
import { capital, serviceName } from '../../byok/providers.ts';
import { visible } from '../../byok/shown-text.ts';
import type { TenantRow } from '../../byok/vendor-views.ts';
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
      status: 'None',
      health: null,
      unreadable: [],
      cause: 'Everything lies under the platform key.',
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
    status: stuckMove(key)?.kind === 'activate' ? 'Activation failed' : key.status,
    health: key.health,
    unreadable: key.unreadable,
    provider: key.provider,
    ...verdict(key),
    enforcementAt: key.enforcementAt,
    appsUnderKey,
    appsAtRisk: keys.reduce((sum, one) => sum + atRisk(one), 0),
  };
}

/** With the version in force all its apps; otherwise those that have something under an older one, of the worst of those. */
function atRisk({ health, appsUnderKey, unreadable }: KeySummary): number {
  if (health?.state === 'revoked' || health?.state === 'outage') return appsUnderKey;
  return Math.max(0, ...unreadable.map(({ apps }) => apps));
}

/** How bad the worst of a tenant's keys is: the riskiest tenants come first. */
export function riskOf(keys: KeySummary[]): number {
  return Math.max(-1, ...keys.map(risk));
}

/** Higher is worse: what is taken away, what failed to move, what does not answer, what was left behind, what moves, the rest. */
function risk(
  key: Pick<KeySummary, 'health' | 'unreadable' | 'move' | 'status' | 'aliasWatch' | 'unknownConnection'>,
): number {
  if (key.health?.state === 'revoked' || key.unreadable.some(({ health }) => health.state === 'revoked')) return 6;
  if (key.unknownConnection || stuckMove(key)?.failure) return 5;
  if (key.health?.state === 'outage') return 4;
  if (stuckMove(key)) return 3;
  if (key.health?.state === 'degraded') return 3;
  if (key.status === 'Activating' || key.status === 'Rotating' || key.status === 'Reverting') return 2;
  if (key.aliasWatch && hasDrifted(key.aliasWatch)) return 2;
  return key.status === 'Scheduled' ? 1 : 0;
}

/** Which of a tenant's keys its row speaks of: the worst, as long as one is bad; otherwise what data lies under, before what is to come. */
function saysMore(key: KeySummary): number {
  const worst = risk(key);
  if (worst > 1) return 10 + worst;
  return key.status === 'Active' ? 3 : key.status === 'Scheduled' ? 2 : key.status === 'Draft' ? 1 : 0;
}

/** A move whose last try failed, or that has tried everything and left something behind. */
function stuckMove({ move }: Pick<KeySummary, 'move'>): MoveView | undefined {
  const stuck =
    move && !move.finishedAt && (move.failure !== null || (move.triedAt !== null && move.dataKeys.failed > 0));
  return stuck ? move : undefined;
}

const moveNames = {
  activate: 'The activation',
  rotate: 'The rotation',
  'select-apps': 'The change of apps',
  revert: 'The return to the platform key',
  rekey: 'The rekey',
} as const satisfies Record<MoveView['kind'], string>;

/** What nobody but us can mend. */
const ourCodes: ReadonlySet<ErrorCode> = new Set([
  'internal',
  'unavailable',
  'conflict',
  'cannot-open',
  'unknown-provider',
]);

function stuckVerdict(move: MoveView): Pick<TenantRow, 'cause' | 'since' | 'whoseMove'> {
  const [first] = move.leftBehind;
  const { code, detail } = move.failure ?? first ?? { code: 'internal', detail: '' };
  const ours = ourCodes.has(code);
  const { failed } = move.dataKeys;
  const left = countOf(failed, 'data key');
  // What failed before anything moved is the activation alone, and its detail says it by itself.
  const cause =
    failed > 0
      ? `${moveNames[move.kind]} left ${left} behind: ${detail}`
      : move.startedAt
        ? `${moveNames[move.kind]} is stuck: ${detail}`
        : detail;
  return {
    cause,
    since: move.startedAt ?? move.dueAt,
    whoseMove: ours ? 'us' : code === 'key-outage' ? 'provider' : 'customer',
  };
}

function verdict(key: KeySummary): Pick<TenantRow, 'cause' | 'since' | 'whoseMove'> {
  const { health, move } = key;
  if (health?.state === 'revoked')
    return { cause: health.cause ?? 'The key refuses us.', since: health.since, whoseMove: 'customer' };
  const [lost] = key.unreadable.filter((one) => one.health.state === 'revoked');
  if (lost)
    return {
      cause: `${recordsOf(lost)} cannot be read: ${lost.health.cause ?? 'the key refuses us.'}`,
      since: lost.health.since,
      whoseMove: 'customer',
    };
  if (key.unknownConnection) return { cause: unknownWords(key.unknownConnection), since: null, whoseMove: 'us' };
  const stuck = stuckMove(key);
  if (stuck?.failure) return stuckVerdict(stuck);
  if (health?.state === 'outage')
    return {
      cause: health.cause ?? `${capital(serviceName(key.provider))} does not answer.`,
      since: health.since,
      whoseMove: 'provider',
    };
  if (stuck) return stuckVerdict(stuck);
  if (move?.paused && !move.finishedAt)
    return {
      cause: `${moveNames[move.kind]} is paused by ${move.paused.by}.`,
      since: move.paused.at,
      whoseMove: 'customer',
    };
  const drift = key.aliasWatch && hasDrifted(key.aliasWatch) ? key.aliasWatch : null;
  if (drift)
    return {
      // Without the ARN: support pastes this into tickets.
      cause: `${driftSentence({ state: drift.state, leadsTo: null })} Data stays under the key in force until the customer rotates.`,
      since: drift.driftedAt,
      whoseMove: 'customer',
    };
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
        cause: `${countOf(key.appsSelected, 'app or bot goes', 'apps and bots go')} under the customer’s key at the enforcement date.`,
        since: null,
        whoseMove: 'none',
      };
    case 'Activating':
      return {
        cause: `${formatCount(move?.apps.done ?? 0)} of ${countOf(move?.apps.total ?? 0, 'app or bot is', 'apps and bots are')} under the customer’s key so far.`,
        since: move?.dueAt ?? null,
        whoseMove: 'none',
      };
    case 'Rotating':
      return {
        cause: `Data keys move to version ${key.versionNumber ?? 0}: ${far(move)}. New data is under it already.`,
        since: move?.startedAt ?? null,
        whoseMove: 'none',
      };
    case 'Reverting':
      return {
        cause: `Data keys return to the platform key: ${far(move)}. New data is under it already.`,
        since: move?.startedAt ?? null,
        whoseMove: 'none',
      };
    default:
      return {
        cause: `${countOf(key.appsUnderKey, 'app or bot lies', 'apps and bots lie')} under the customer’s key.`,
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

function far(move: MoveView | null): string {
  return `${formatCount(move?.dataKeys.done ?? 0)} of ${formatCount(move?.dataKeys.total ?? 0)} so far`;
}

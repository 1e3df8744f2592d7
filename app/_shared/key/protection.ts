import { countOf, formatCount } from '#lib/byok/format.ts';
import type { AppProtection, KeyPageView } from '#lib/byok/key-views.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import { isRevoked } from './status-summary.ts';

export type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'moving';

/**
 * The badge that says what new data of one app is encrypted under now, seen from the page of one key. It turns to a
 * warning while data keys of the app are still wrapped by something else. `reencrypting`: its stored records move now.
 */
export function protectionBadge(
  app: AppProtection,
  keyId: string,
  reencrypting = false,
): { tone: Tone; label: string } {
  if (reencrypting && app.recordsPending > 0) {
    const done = formatCount(app.records - app.recordsPending);
    return { tone: 'warn', label: `Re-encrypting ${done} of ${formatCount(app.records)}` };
  }
  const { tone, label } = plainBadge(app, keyId);
  if (isTakenAway(app)) return { tone: 'bad', label: `${label}, revoked` };
  return { tone: wrappedElsewhere(app).length > 0 ? 'warn' : tone, label };
}

export function isTakenAway({ protectedBy }: AppProtection): boolean {
  return protectedBy.kind === 'version' && protectedBy.revoked;
}

function plainBadge({ protectedBy }: AppProtection, keyId: string): { tone: Tone; label: string } {
  if (protectedBy.kind === 'platform') return { tone: 'idle', label: 'Platform key' };
  if (protectedBy.keyId !== keyId) return { tone: 'ok', label: `Another key, version ${protectedBy.number}` };
  return { tone: 'ok', label: `Version ${protectedBy.number}` };
}

/** Wrappings that hold older data keys of the app, but not what protects its new data. */
export function wrappedElsewhere({ protectedBy, wrappedBy }: AppProtection): AppProtection['wrappedBy'] {
  const own = protectedBy.kind === 'platform' ? 'Platform key' : `Version ${protectedBy.number}`;
  return wrappedBy.filter(({ label }) => label !== own && !label.startsWith(`${own} of `));
}

/** Whether the stored records of an app are being re-encrypted just now: by its own rekey or by the key's transition. */
export function isReencrypting(app: AppProtection, transition: TransitionView | null): boolean {
  if (app.rekey?.phase === 'reencrypting') return true;
  return (
    transition !== null &&
    transition.finishedAt === null &&
    transition.phase === 'reencrypting' &&
    transition.records.total > 0
  );
}

export type Share = { kind: 'key' | 'lost' | 'platform' | 'other'; apps: number; percent: number; label: string };

/** How the tenant's apps divide between this key, the platform key and other keys: the bar and its legend. */
export function shares(view: KeyPageView): Share[] {
  const total = view.apps.length;
  const left = view.apps.filter((app) => app.protectedBy.kind === 'platform');
  const platform = left.length;
  const own = view.apps.filter((app) => isUnder(app, view.id)).length;
  const share = (kind: Share['kind'], apps: number, label: string): Share => ({
    kind,
    apps,
    percent: total === 0 ? 0 : (apps / total) * 100,
    label,
  });
  return [
    isRevoked(view)
      ? share('lost', own, `Unreadable · ${whatIsUnreadable(view, own)}`)
      : share('key', own, `Your key${recordsByVersion(view, own)}`),
    share(
      'platform',
      platform,
      `Platform key · ${(platform === 1 && left[0]?.name) || apps(platform)} · ${countOf(view.totals.recordsUnderPlatformKey, 'record')}`,
    ),
    share('other', total - own - platform, `Your other keys · ${apps(total - own - platform)}`),
  ].filter((part) => part.apps > 0);
}

export type ProtectionCount = { label: string; tone: Tone; apps: number; dataKeys: number; records: number };

/** The tenant's apps by what protects their new data, with all data keys and records that they have. */
export function protectionCounts(view: Pick<KeyPageView, 'id' | 'apps'>): ProtectionCount[] {
  const counts = new Map<string, ProtectionCount>();
  for (const app of view.apps) {
    const { label, tone } = isTakenAway(app)
      ? ({ label: `${plainBadge(app, view.id).label}, revoked`, tone: 'bad' } as const)
      : plainBadge(app, view.id);
    const count = counts.get(label) ?? { label, tone, apps: 0, dataKeys: 0, records: 0 };
    counts.set(label, {
      ...count,
      apps: count.apps + 1,
      dataKeys: count.dataKeys + app.dataKeys,
      records: count.records + app.records,
    });
  }
  return [...counts.values()].sort((a, b) => b.apps - a.apps);
}

/** What lies under an older version that answers can be read. */
export function unreadableRecords({ versions }: Pick<KeyPageView, 'versions'>): number {
  const refusing = versions.filter(({ current, health }) => current || health.state === 'revoked');
  return refusing.reduce((sum, version) => sum + version.records, 0);
}

/** Where no records are stored here, what services keep under the key's data keys cannot be read all the same. */
function whatIsUnreadable(view: KeyPageView, own: number): string {
  const records = unreadableRecords(view);
  return records === 0 ? apps(own) : `${apps(own)} · ${countOf(records, 'record')}`;
}

function apps(count: number): string {
  return countOf(count, 'app or bot', 'apps and bots');
}

/** Where the records are, not where they are to go: while some have not moved each version says its own. */
function recordsByVersion(view: KeyPageView, own: number): string {
  const { versionNumber, totals, versions } = view;
  const holding = versions.filter(({ records, current }) => current || records > 0);
  const elsewhere = holding.some(({ records, current }) => !current && records > 0);
  if (!elsewhere)
    return `${versionNumber === null ? '' : `, version ${versionNumber}`} · ${apps(own)} · ${countOf(totals.recordsUnderKey, 'record')}`;
  const each = holding.map(({ number, records }) => `${countOf(records, 'record')} under version ${number}`);
  return ` · ${apps(own)} · ${each.join(' · ')}`;
}

/** Rows of a page whose name or kind contains what was typed, regardless of case. */
export function matchingApps<App extends { name: string; kind: string }>(apps: App[], search: string): App[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return apps;
  return apps.filter((app) => app.name.toLowerCase().includes(wanted) || app.kind === wanted);
}

function isUnder(app: AppProtection, keyId: string): boolean {
  return app.protectedBy.kind === 'version' && app.protectedBy.keyId === keyId;
}

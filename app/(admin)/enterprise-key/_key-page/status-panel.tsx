import { Panel } from '#components/ui/panel.tsx';
import { useNow } from '#components/ui/relative-time.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { copiesOf } from '../../../_shared/key/cache-time-words.ts';
import { isOld } from '../../../_shared/key/health-age.ts';
import { CheckedAt, HealthBadge, HealthBadges } from '../../../_shared/key/health-badge.tsx';
import { type Share, shares } from '../../../_shared/key/protection.ts';
import { StatusBadge, UnknownBadge } from '../../../_shared/key/status-badge.tsx';
import { isNeeded } from '../../../_shared/key/status-summary.ts';
import { SummaryText } from '../../../_shared/key/summary-text.tsx';
import { CheckNow } from './check-now.tsx';

/** What is true of the key now: its badges, one sentence, and how the apps divide. */
export function StatusPanel({ view, role }: { view: KeyPageView; role: Role }) {
  const now = useNow();
  const health = isNeeded(view) ? view.health : null;
  const old = health !== null && isOld(health, now);
  const around = {
    appsTotal: view.apps.length,
    ...copiesOf(view.tenant),
    ...(view.standing ? { timeZone: view.standing.timeZone } : {}),
  };
  return (
    <Panel aria-labelledby="key-alias">
      <div className="flex flex-wrap items-center gap-2.5">
        <h2 className="font-semibold text-[0.9375rem] [overflow-wrap:anywhere]" id="key-alias">
          {view.alias}
        </h2>
        {/* Announced when it changes by itself; what counts up is not. */}
        <div className="flex flex-wrap gap-2.5" role="status">
          <StatusBadge status={view.status} />
          <UnknownBadge of={view} />
          {health ? <HealthBadges of={{ health: old ? null : health, unreadable: view.unreadable }} /> : null}
        </div>
        {health && old ? <HealthBadge health={health} /> : null}
        {health ? <CheckedAt health={health} /> : null}
        {health ? <CheckNow health={health} role={role} view={view} /> : null}
      </div>
      {view.description ? <p className="mt-1 text-ink-2">{view.description}</p> : null}
      <SummaryText summary={view} around={around} />
      <ShareBar parts={shares(view)} />
    </Panel>
  );
}

/** The bar is decoration: the legend below it says the same in words and numbers. */
function ShareBar({ parts }: { parts: Share[] }) {
  return (
    <>
      <div aria-hidden="true" className="mt-1 mb-2 flex h-2.5 gap-0.5 overflow-hidden rounded-full">
        {parts.map(({ kind, percent }) => (
          <div className={`min-w-0.5 ${fills[kind]}`} key={kind} style={{ width: `${percent}%` }} />
        ))}
      </div>
      <ul
        aria-label="What protects your apps and bots"
        className="flex flex-wrap gap-x-4.5 gap-y-1 text-[0.8125rem] text-ink-2"
      >
        {parts.map(({ kind, label }) => (
          <li className="flex items-baseline gap-1.5" key={kind}>
            <span aria-hidden="true" className={`size-2.5 shrink-0 rounded-[3px] ${fills[kind]}`} />
            {label}
          </li>
        ))}
      </ul>
    </>
  );
}

/** In forced colours backgrounds vanish, so that each share has a system colour too. */
const fills = {
  key: 'bg-act forced-colors:bg-[Highlight]',
  platform: 'bg-ink-3/45 forced-colors:bg-[GrayText]',
  other: 'bg-act/45 forced-colors:bg-[LinkText]',
} as const satisfies Record<Share['kind'], string>;

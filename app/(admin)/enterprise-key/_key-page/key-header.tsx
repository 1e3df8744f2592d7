'use client';

import { usePathname } from 'next/navigation';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { copiesOf } from '../../../_shared/key/cache-time-words.ts';
import { shares } from '../../../_shared/key/protection.ts';
import { StateBadge, UnknownBadge } from '../../../_shared/key/status-badge.tsx';
import { isNeeded, isRevoked } from '../../../_shared/key/status-summary.ts';
import { SummaryText } from '../../../_shared/key/summary-text.tsx';
import { whyNotId, whyNotMine } from '../_shared/change.ts';
import { whyNoApps, whyNotChanged } from './header-words.ts';
import { HealthLine } from './health-line.tsx';
import { KeyMenu } from './key-menu.tsx';
import { useKey } from './live-key.tsx';
import { ShareBar } from './share-bar.tsx';

/** What is true of the key now, on each of its tabs, and what can be done with it. */
export function KeyHeader() {
  const { view, role } = useKey();
  const health = isNeeded(view) ? view.health : null;
  const around = {
    appsTotal: view.apps.length,
    ...copiesOf(view.tenant),
    ...(view.standing ? { timeZone: view.standing.timeZone } : {}),
  };
  const why = whyNotChanged(view, role);
  return (
    <div data-health={view.health?.state} data-status={view.status}>
      <PageHeader
        actions={<Actions />}
        crumbs={[{ label: 'Enterprise Key', href: '/enterprise-key' }, { label: 'Bring Your Own Key' }]}
        status={
          // Announced when it changes by itself.
          <span className="flex flex-wrap gap-1.5" role="status">
            <StateBadge of={view} />
            <UnknownBadge of={view} />
          </span>
        }
        title={view.alias}
      />
      <SummaryText around={around} summary={view} />
      <ShareBar beside={health ? <HealthLine health={health} reasonId={whyNotId} /> : null} parts={shares(view)} />
      {why ? (
        <p className="mt-1.5 text-[0.8125rem] text-ink-2" id={whyNotId}>
          {why}
        </p>
      ) : null}
    </div>
  );
}

function Actions() {
  const { view, role } = useKey();
  const page = `/enterprise-key/${view.id}`;
  const onOverview = usePathname() === page;
  const notMine = whyNotMine(role) !== null;
  const moves = view.transition !== null && !view.transition.finishedAt;
  return (
    <>
      {view.state === 'reverted' ? null : (
        <>
          {notMine || !view.commands.rotate.allowed ? (
            <Button disabledBy={whyNotId}>Rotate Key</Button>
          ) : (
            <LinkButton
              href={`${page}/rotate`}
              variant={onOverview && !isRevoked(view) && !moves ? 'primary' : 'secondary'}
            >
              Rotate Key
            </LinkButton>
          )}
          {notMine || whyNoApps(view) ? (
            <Button disabledBy={whyNotId}>Update Apps</Button>
          ) : (
            <LinkButton href={`${page}/apps/change`}>Update Apps</LinkButton>
          )}
        </>
      )}
      <KeyMenu />
    </>
  );
}

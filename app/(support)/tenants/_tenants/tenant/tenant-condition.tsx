import type { ReactNode } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { formatCount } from '#lib/byok/format.ts';
import type { TenantRow } from '#lib/byok/vendor-views.ts';
import { TenantStatus } from '../tenant-status.tsx';
import { nextStepOf } from '../whose-move.ts';

/** What is the matter, since when, and who has to do something about it. */
export function TenantCondition({ tenant }: { tenant: TenantRow }) {
  return (
    <Panel aria-label="Status">
      <TenantStatus row={tenant} />
      <p className="mt-2.5 mb-3.5 max-w-[46em] text-[1.1875rem] leading-snug tracking-tight">{tenant.cause}</p>
      <dl className="pairs sm:grid-cols-[max-content_1fr]">
        <Fact name="Since">{tenant.since ? <RelativeTime at={tenant.since} withAbsolute /> : '–'}</Fact>
        <Fact name="Whose move">{nextStepOf(tenant)}</Fact>
        <Fact name="Enforcement Date">
          {tenant.enforcementAt ? <RelativeTime at={tenant.enforcementAt} withAbsolute /> : '–'}
        </Fact>
        <Fact name="Apps and bots">
          {formatCount(tenant.appsUnderKey)} of {formatCount(tenant.appsTotal)} under an enterprise key
        </Fact>
        <Fact name="Apps at risk">{formatCount(tenant.appsAtRisk)}</Fact>
        <Fact name="Home region">{tenant.homeRegion}</Fact>
        <Fact name="Reference">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <code className="wrap-anywhere font-mono text-[0.8125rem]">{tenant.reference}</code>
            <CopyButton aria-label="Copy the reference" text={tenant.reference} />
          </span>
        </Fact>
      </dl>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

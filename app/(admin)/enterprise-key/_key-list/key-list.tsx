import Link from 'next/link';
import type { ReactNode } from 'react';
import { LinkButton } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import { formatCount, formatInstant } from '#lib/byok/format.ts';
import type { KeyListView, KeySummary } from '#lib/byok/key-views.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { copiesOf } from '../../../_shared/key/cache-time-words.ts';
import { CheckedAt, HealthBadges } from '../../../_shared/key/health-badge.tsx';
import { besideState, StateBadge, UnknownBadge } from '../../../_shared/key/status-badge.tsx';
import { isNeeded } from '../../../_shared/key/status-summary.ts';
import { SummaryText } from '../../../_shared/key/summary-text.tsx';
import { RefreshWhile } from '../../../_shared/refresh-while.tsx';
import { TransitionLine } from '../../../_shared/transitions/transition-line.tsx';
import { isOpen } from '../../../_shared/transitions/transition-words.ts';
import { CreateKey } from './create-key.tsx';
import { EndedKeys } from './ended-keys.tsx';
import { KeyTable } from './key-table.tsx';
import { tenantSummary } from './tenant-summary.ts';

type KeyListProps = {
  list: KeyListView;
  role: Role;
  /** As the address asks; several keys are a list unless it asks for cards, and one is a card unless it asks for a list. */
  layout: 'list' | 'cards' | null;
};

/** What is true of the tenant as a whole, its keys as cards or as a list, and what once were. */
export function KeyList({ list, role, layout }: KeyListProps) {
  const standing = list.keys.filter(({ state }) => state !== 'reverted');
  const ended = list.keys.filter(({ state }) => state === 'reverted');
  const asList = standing.length > 0 && (layout ?? (standing.length > 1 ? 'list' : 'cards')) === 'list';
  return (
    <>
      <RefreshWhile moving={list.keys.some(movesByItself)} />
      {/* Of one key alone its card says the same. */}
      {standing.length === 1 && !asList ? null : <TenantSentence list={list} />}
      {asList ? (
        <KeyTable keys={standing} role={role} />
      ) : (
        <ul className="m-0 list-none p-0">
          {standing.map((key) => (
            <li key={key.id}>
              <KeyCard summary={key} list={list} role={role} />
            </li>
          ))}
        </ul>
      )}
      <div className="mb-4.5 flex flex-wrap items-start justify-between gap-3">
        <CreateKey isNext={standing.length === 0} role={role} />
        {standing.length > 0 ? (
          <Link className="link py-1.5" href={`/enterprise-key?view=${asList ? 'cards' : 'list'}`}>
            {asList ? 'Show as cards' : 'Show as a list'}
          </Link>
        ) : null}
      </div>
      <EndedKeys keys={ended} />
    </>
  );
}

function TenantSentence({ list }: { list: KeyListView }) {
  return (
    <p className="mb-4 max-w-[54em] text-lg leading-snug tracking-[-0.012em]">
      {tenantSummary(list).map(({ text, strong }) =>
        strong ? (
          <strong className="font-semibold" key={text}>
            {text}
          </strong>
        ) : (
          text
        ),
      )}
    </p>
  );
}

function KeyCard({ summary, list, role }: { summary: KeySummary; list: KeyListView; role: Role }) {
  const around = { appsTotal: list.apps.total, ...copiesOf(list.tenant) };
  const page = `/enterprise-key/${summary.id}`;
  return (
    <Panel>
      <div className="flex flex-wrap items-center gap-2.5">
        <h2 className="wrap-anywhere font-semibold text-[0.9375rem]">
          <Link className="no-underline underline-offset-3 hover:underline" href={page}>
            {summary.alias}
          </Link>
        </h2>
        <StateBadge of={summary} />
        <UnknownBadge of={summary} />
        {isNeeded(summary) ? <HealthBadges of={besideState(summary)} /> : null}
        {summary.health && isNeeded(summary) ? <CheckedAt health={summary.health} /> : null}
      </div>
      {summary.description ? <p className="mt-1 text-ink-2">{summary.description}</p> : null}
      <SummaryText summary={summary} around={around} />
      <TransitionLine transition={summary.status === 'scheduled' ? null : summary.transition} />
      <dl className="mb-4.5 grid gap-x-8 gap-y-2.5 border-line border-t pt-3.5 sm:grid-cols-[auto_auto_minmax(0,1fr)] sm:justify-start">
        <Fact
          label="Apps and bots"
          value={`${formatCount(summary.appsUnderKey)} use it, ${formatCount(summary.appsSelected)} chosen`}
        />
        <Fact
          help={<HelpTerm term="enforcement date" />}
          label="Enforcement Date"
          value={summary.enforcementAt ? formatInstant(summary.enforcementAt) : 'Not chosen yet'}
        />
        <Fact label="Key" mono={summary.keyRef !== null} value={summary.keyRef ?? 'Not entered yet'} />
      </dl>
      <div className="flex flex-wrap gap-2.5">
        {summary.status === 'draft' && role === 'admin' && !summary.unknownConnection ? (
          <LinkButton href={`${page}/setup`} variant="primary">
            Continue setup
          </LinkButton>
        ) : null}
        <LinkButton href={page} variant="secondary">
          Open <span className="sr-only">{summary.alias}</span>
        </LinkButton>
      </div>
    </Panel>
  );
}

/** A state that ends without anybody's doing: the work goes on, the date comes, the key heals. */
function movesByItself(key: KeySummary): boolean {
  if (key.status === 'draft' || key.status === 'reverted') return false;
  return key.status !== 'active' || isOpen(key.transition) || key.health?.state !== 'healthy';
}

type FactProps = { label: string; value: string; mono?: boolean; help?: ReactNode };

function Fact({ label, value, mono = false, help }: FactProps) {
  return (
    <div>
      <dt className="flex min-h-6 items-center gap-1 text-ink-3 text-xs">
        {label}
        {help}
      </dt>
      <dd className={`wrap-anywhere tabular-nums ${mono ? 'font-mono text-[0.78125rem] leading-5.25' : ''}`}>
        {value}
      </dd>
    </div>
  );
}

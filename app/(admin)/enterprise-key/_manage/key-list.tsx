import Link from 'next/link';
import { LinkButton } from '#components/ui/button.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { KeyListView, KeySummary, Role } from '#lib/byok/views.ts';
import { copiesOf } from './cache-time-words.ts';
import { CreateKey } from './create-key.tsx';
import { EndedKeys } from './ended-keys.tsx';
import { formatInstant } from './format.ts';
import { MoveLine } from './move-line.tsx';
import { isOpen } from './move-words.ts';
import { RefreshWhile } from './refresh-while.tsx';
import { HealthBadge, StatusBadge } from './status-badge.tsx';
import { isNeeded, shareOf } from './truth.ts';
import { TruthSentence } from './truth-sentence.tsx';

/** All enterprise keys of the tenant, a card each, and what no key of theirs protects. */
export function KeyList({ list, role }: { list: KeyListView; role: Role }) {
  const { underPlatformKey, total } = list.apps;
  const standing = list.keys.filter(({ state }) => state !== 'reverted');
  const ended = list.keys.filter(({ state }) => state === 'reverted');
  return (
    <>
      <RefreshWhile moving={list.keys.some(movesByItself)} />
      <ul className="m-0 list-none p-0">
        {standing.map((key) => (
          <li key={key.id}>
            <KeyCard summary={key} list={list} role={role} />
          </li>
        ))}
      </ul>
      <p className="mb-4 text-ink-2">
        {underPlatformKey === 0
          ? 'No app or bot is left under the platform key.'
          : `${shareOf(underPlatformKey, total)} apps and bots are under the vendor’s platform key.`}
      </p>
      <CreateKey role={role} />
      <EndedKeys keys={ended} />
    </>
  );
}

function KeyCard({ summary, list, role }: { summary: KeySummary; list: KeyListView; role: Role }) {
  const around = { appsTotal: list.apps.total, ...copiesOf(list.tenant) };
  const page = `/enterprise-key/${summary.id}`;
  return (
    <Panel>
      <div className="flex flex-wrap items-center gap-2.5">
        <h2 className="text-[15px] font-semibold">
          <Link className="underline-offset-2 hover:underline" href={page}>
            {summary.alias}
          </Link>
        </h2>
        <StatusBadge status={summary.status} />
        {summary.health && isNeeded(summary) ? <HealthBadge state={summary.health.state} /> : null}
        <LastChecked at={summary.health?.at ?? null} />
      </div>
      {summary.description ? <p className="mt-1 text-ink-2">{summary.description}</p> : null}
      <TruthSentence summary={summary} around={around} />
      <MoveLine move={summary.status === 'Scheduled' ? null : summary.move} />
      <dl className="mb-4 flex flex-wrap gap-x-8 gap-y-2">
        <Fact label="Key" value={summary.keyArn ?? 'Not given yet'} mono={summary.keyArn !== null} />
        <Fact
          label="Enforcement Date"
          value={summary.enforcementAt ? formatInstant(summary.enforcementAt) : 'Not chosen yet'}
        />
        <Fact label="Apps and bots" value={`${summary.appsUnderKey} under the key, ${summary.appsSelected} chosen`} />
      </dl>
      <div className="flex flex-wrap gap-2.5">
        {summary.status === 'Draft' && role === 'admin' ? (
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
  if (key.status === 'Draft' || key.status === 'Reverted') return false;
  return key.status !== 'Active' || isOpen(key.move) || key.health?.state !== 'healthy';
}

function LastChecked({ at }: { at: string | null }) {
  return at ? (
    <span className="text-ink-3">
      last checked <RelativeTime at={at} />
    </span>
  ) : null;
}

function Fact({ label, value, mono = false }: { label: string; value: string; mono?: boolean }) {
  return (
    <div>
      <dt className="text-[12px] text-ink-3">{label}</dt>
      <dd className={`m-0 [overflow-wrap:anywhere] ${mono ? 'font-mono text-[12.5px]' : ''}`}>{value}</dd>
    </div>
  );
}

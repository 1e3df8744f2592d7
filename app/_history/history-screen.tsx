import { Download } from 'lucide-react';
import Link from 'next/link';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Menu, MenuDownload } from '#components/ui/menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import type { HistoryView } from '#lib/byok/account-views.ts';
import { countOf, formatCount } from '#lib/byok/format.ts';
import { EventsBeside } from './events-beside.tsx';
import { FilterBar } from './filter-bar.tsx';
import { choiceOf, type HistoryFilters, historyHref } from './history-address.ts';
import { chosenKind, isKind, kindChoices } from './kinds.ts';
import { tellEvent } from './told-event.ts';
import { outcomeWords } from './words.ts';

type HistoryScreenProps = {
  history: HistoryView;
  filters: HistoryFilters;
  of: 'tenant' | 'vendor';
  /** Where this history is found, and where its exports are. */
  path: string;
  exportPath: string;
  /** The one key whose history this is. The page has a heading of its own then. */
  keyId?: string;
  subtitle?: string;
};

/** A page of events with what it is filtered by: a tenant's history, one key's, and the vendor's own. */
export function HistoryScreen({ history, filters, of, path, exportPath, keyId, subtitle }: HistoryScreenProps) {
  const { events, next, names, opened, total } = history;
  // A fixed key is no choice: it stands in the path.
  const { key, ...others } = choiceOf(filters);
  const choice = keyId || !key ? others : { ...others, key };
  const isFiltered = Object.keys(choice).some((name) => name !== 'zone');
  const isOlder = Boolean(filters.before || filters.from);
  const exported = keyId ? { ...choice, key: keyId } : choice;
  const menu = <ExportMenu choice={exported} path={exportPath} />;
  const bar = (
    <FilterBar
      chosen={chosenOf(filters, names)}
      filters={filters}
      groups={kindChoices().flatMap(({ id }) => (isKind(id) ? [id] : []))}
      hasFixedKey={keyId !== undefined}
      kinds={kindChoices()}
      of={of}
      outcomes={Object.entries(outcomeWords).map(([id, { label }]) => ({ id, name: label }))}
    />
  );
  return (
    <EventsBeside
      elsewhere={opened ? tellEvent(opened, names) : null}
      empty={
        <EmptyState
          action={isFiltered || isOlder ? <LinkButton href={path}>Show all</LinkButton> : null}
          title={isFiltered ? 'No event matches.' : 'Nothing has happened here yet.'}
        />
      }
      events={events.map((event) => tellEvent(event, names))}
      filters={filters}
      footer={<Pages choice={choice} isOlder={isOlder} next={next} path={path} />}
      header={
        <>
          {keyId ? null : <PageHeader actions={menu} subtitle={subtitle} title="History" />}
          <div className="flex flex-wrap items-start justify-between gap-2.5">
            {bar}
            {keyId ? menu : null}
          </div>
          <p className="mt-2.5 mb-5 text-[0.8125rem] text-ink-2" role="status">
            {total.atLeast ? `More than ${formatCount(total.count)} events` : countOf(total.count, 'event')}
            {isFiltered ? (
              <>
                {' · '}
                <Link className="link" href={path}>
                  Clear filters
                </Link>
              </>
            ) : null}
          </p>
        </>
      }
      path={path}
    />
  );
}

function chosenOf(filters: HistoryFilters, names: HistoryView['names']) {
  const { person, key, app, outcome } = filters;
  const named = (id: string | undefined, gone: string) =>
    id === undefined ? null : { id, name: names[id]?.name ?? gone };
  return {
    person: named(person, 'Unknown person'),
    key: named(key, `Deleted key (${key?.slice(0, 8)})`),
    app: named(app, `Deleted app (${app?.slice(0, 8)})`),
    kind: chosenKind(filters),
    outcome: outcome ? { id: outcome, name: outcomeWords[outcome].label } : null,
  };
}

/** Downloads, not pages: plain links, which the router does not fetch beforehand. */
function ExportMenu({ choice, path }: { choice: HistoryFilters; path: string }) {
  return (
    <Menu
      trigger={
        <Button>
          <Download aria-hidden="true" className="size-4" />
          Export
        </Button>
      }
    >
      <MenuDownload href={historyHref(choice, `${path}/export.csv`)}>Export CSV</MenuDownload>
      <MenuDownload href={historyHref(choice, `${path}/export.json`)}>Export JSON</MenuDownload>
    </Menu>
  );
}

type PagesProps = { choice: HistoryFilters; path: string; next: string | null; isOlder: boolean };

function Pages({ choice, path, next, isOlder }: PagesProps) {
  if (!isOlder && !next) return null;
  return (
    <nav aria-label="Pages of the history" className="mt-5 flex flex-wrap gap-2.5">
      {isOlder ? (
        <LinkButton href={historyHref(choice, path)} size="small">
          Newest events
        </LinkButton>
      ) : null}
      {next ? (
        <LinkButton href={historyHref({ ...choice, before: next }, path)} size="small">
          Older events
        </LinkButton>
      ) : null}
    </nav>
  );
}

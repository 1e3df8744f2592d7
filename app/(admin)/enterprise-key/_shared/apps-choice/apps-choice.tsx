'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import type { ReactNode } from 'react';
import { SelectField } from '#components/form/select-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { formatCount } from '#lib/byok/format.ts';
import type { SelectableApp } from '#lib/byok/setup-views.ts';
import { pageOf } from '../../../../_shared/table/paging.ts';
import { TablePager } from '../../../../_shared/table/table-pager.tsx';
import { TableSearch } from '../../../../_shared/table/table-search.tsx';
import { useTableParams } from '../../../../_shared/table/use-table-params.ts';
import { isSelectable, matchingApps, type Selection, withApps } from './apps-selection.ts';
import { AppsTable } from './apps-table.tsx';

const kinds = ['all', 'app', 'bot'] as const;
type Kind = (typeof kinds)[number];

type AppsChoiceProps = {
  apps: SelectableApp[];
  title?: string;
  /** What it means for an app to be among them. */
  description: string;
  selection: Selection;
  /** Left out for who may read it only. */
  onChange?: (next: Selection) => void;
};

/** All apps and bots, searched and paged, with those that are chosen. What a search hides stays as it was chosen. */
export function AppsChoice(props: AppsChoiceProps) {
  const { apps, title = 'Protected by this key', description, selection, onChange } = props;
  const { search, page, setSearch, setPage } = useTableParams('apps');
  const [kind, setKind] = useQueryState('apps-kind', parseAsStringLiteral(kinds).withDefault('all'));
  const matching = matchingApps(apps, { search, kind });
  const shown = pageOf(matching, page);
  const selectable = apps.filter(isSelectable).length;
  const changeKind = (next: Kind) => {
    setPage(1);
    void setKind(next);
  };
  const change = (some: readonly SelectableApp[], chosen: boolean) => onChange?.(withApps(selection, some, chosen));

  return (
    <Panel aria-labelledby="apps-heading">
      <PanelHeader
        actions={
          <span className="text-ink-2 tabular-nums" role="status">
            {`${formatCount(selection.size)} of ${formatCount(selectable)} selected`}
          </span>
        }
        description={description}
        id="apps-heading"
        title={title}
      />
      <Filters kind={kind} onKind={changeKind} onSearch={setSearch} search={search}>
        {onChange ? (
          <>
            <Button onClick={() => change(matching, true)}>Select all matching</Button>
            <Button onClick={() => change(matching, false)}>Deselect all matching</Button>
          </>
        ) : null}
      </Filters>
      {shown.total === 0 ? (
        <EmptyState title="No app or bot matches.">
          Clear the search to see all {formatCount(apps.length)}. What you selected stays selected.
        </EmptyState>
      ) : (
        <AppsTable apps={shown.rows} onChange={onChange ? change : undefined} selection={selection} />
      )}
      <TablePager label="Apps and Bots" onPage={setPage} page={shown} />
    </Panel>
  );
}

type FiltersProps = {
  search: string;
  onSearch: (search: string) => void;
  kind: Kind;
  onKind: (kind: Kind) => void;
  children: ReactNode;
};

function Filters({ search, onSearch, kind, onKind, children }: FiltersProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the search box must not send the form around it
    <div
      className="mb-3 flex flex-wrap items-end gap-2.5"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
    >
      <TableSearch label="Search apps and bots" onSearch={onSearch} value={search} />
      <SelectField
        label="Kind"
        onChange={(event) => onKind(kinds.find((known) => known === event.currentTarget.value) ?? 'all')}
        options={[
          { value: 'all', label: 'Apps and bots' },
          { value: 'app', label: 'Apps' },
          { value: 'bot', label: 'Bots' },
        ]}
        value={kind}
      />
      {children}
    </div>
  );
}

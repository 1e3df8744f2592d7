'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { type FormEvent, type ReactNode, useState } from 'react';
import { SelectField } from '#components/form/select-field.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { SelectableApp, SetupView } from '#lib/byok/views.ts';
import { formatCount } from '../_manage/format.ts';
import { pageOf } from '../_manage/paging.ts';
import { TablePager } from '../_manage/table-pager.tsx';
import { TableSearch } from '../_manage/table-search.tsx';
import { useTableParams } from '../_manage/use-table-params.ts';
import { initialSelection, isSelectable, matchingApps, sameSelection, toSaved, withApps } from './apps-selection.ts';
import { AppsTable, selectAllId } from './apps-table.tsx';
import { StepFrame } from './step-frame.tsx';
import { type SaveHow, type Trouble, useSaveStep } from './use-save-step.ts';

const kinds = ['all', 'app', 'bot'] as const;
type Kind = (typeof kinds)[number];

/** Step 6: which apps and bots the key is to protect. What a search hides stays as it was chosen. */
export function AppsStep({ setup, apps }: { setup: SetupView; apps: SelectableApp[] }) {
  const [saved, setSaved] = useState(() => initialSelection(apps));
  const [selection, setSelection] = useState(saved);
  const [attempt, setAttempt] = useState({ count: 0, problem: '' });
  const saver = useSaveStep(setup, 'apps', sameSelection(saved, selection) ? 'free' : 'ask');

  async function save(how: SaveHow): Promise<void> {
    const count = attempt.count + 1;
    setAttempt({ count, problem: selection.size === 0 ? 'Select at least one app or bot.' : '' });
    if (selection.size === 0) return;
    const trouble = await saver.save({ step: 'apps', values: toSaved(apps, selection) }, how);
    if (trouble) setAttempt({ count, problem: messageOf(trouble) });
    else if (how === 'draft') setSaved(selection);
  }

  return (
    <StepFrame
      attempt={attempt.count}
      onNext={(event: FormEvent) => {
        event.preventDefault();
        void save('next');
      }}
      onSaveDraft={() => void save('draft')}
      problems={attempt.problem && !saver.pending ? [{ fieldId: selectAllId, message: attempt.problem }] : []}
      saver={saver}
    >
      <Choice apps={apps} onChange={setSelection} selection={selection} />
    </StepFrame>
  );
}

type ChoiceProps = {
  apps: SelectableApp[];
  selection: ReadonlySet<string>;
  onChange: (next: ReadonlySet<string>) => void;
};

function Choice({ apps, selection, onChange }: ChoiceProps) {
  const { search, page, setSearch, setPage } = useTableParams('apps');
  const [kind, setKind] = useQueryState('apps-kind', parseAsStringLiteral(kinds).withDefault('all'));
  const matching = matchingApps(apps, { search, kind });
  const shown = pageOf(matching, page);
  const selectable = apps.filter(isSelectable).length;
  const changeKind = (next: Kind) => {
    setPage(1);
    void setKind(next);
  };
  const change = (some: readonly SelectableApp[], chosen: boolean) => onChange(withApps(selection, some, chosen));

  return (
    <Panel aria-labelledby="apps-heading">
      <PanelHeader
        actions={
          <span className="text-ink-2 tabular-nums" role="status">
            {`${formatCount(selection.size)} of ${formatCount(selectable)} selected`}
          </span>
        }
        description="New data of these is encrypted under your key from the enforcement date on, and what is stored is re-encrypted."
        id="apps-heading"
        title="Protected by this key"
      />
      <Filters kind={kind} onKind={changeKind} onSearch={setSearch} search={search}>
        <Button onClick={() => change(matching, true)}>Select all matching</Button>
        <Button onClick={() => change(matching, false)}>Deselect all matching</Button>
      </Filters>
      {shown.total === 0 ? (
        <EmptyState title="No app or bot matches.">
          Clear the search to see all {formatCount(apps.length)}. What you selected stays selected.
        </EmptyState>
      ) : (
        <AppsTable apps={shown.rows} onChange={change} selection={selection} />
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

/** What the server found wrong with the selection itself; anything else is said by the notice. */
function messageOf(trouble: Trouble): string {
  return trouble === 'no-answer' ? '' : (trouble.fields?.apps ?? '');
}

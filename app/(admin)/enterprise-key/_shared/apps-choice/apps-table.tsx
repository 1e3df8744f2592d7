'use client';

import { Checkbox } from '#components/form/checkbox.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import type { SelectableApp } from '#lib/byok/setup-views.ts';
import { headerState, isSelectable, type Selection } from './apps-selection.ts';

/** Where a summary's link leads that speaks of the selection as a whole. */
export const selectAllId = 'apps-select-all';

type AppsTableProps = {
  /** The rows of one page. */
  apps: SelectableApp[];
  selection: Selection;
  /** Left out for who may read it only. */
  onChange: ((apps: readonly SelectableApp[], chosen: boolean) => void) | undefined;
};

export function AppsTable({ apps, selection, onChange }: AppsTableProps) {
  const header = headerState(apps, selection);
  return (
    <Table label="Apps and Bots">
      <Thead>
        <tr>
          <Th className="w-8">
            <Checkbox
              checked={header === 'all'}
              disabled={!onChange}
              hideLabel
              id={selectAllId}
              indeterminate={header === 'some'}
              label="Select all on this page"
              onChange={(event) => onChange?.(apps, event.currentTarget.checked)}
            />
          </Th>
          <Th>App or bot</Th>
          <Th>Kind</Th>
        </tr>
      </Thead>
      <Tbody>
        {apps.map((app) => (
          <AppRow app={app} key={app.id} onChange={onChange} selected={selection.has(app.id)} />
        ))}
      </Tbody>
    </Table>
  );
}

type AppRowProps = { app: SelectableApp; selected: boolean; onChange: AppsTableProps['onChange'] };

function AppRow({ app, selected, onChange }: AppRowProps) {
  const noteId = `note-${app.id}`;
  return (
    <Tr>
      <Td>
        <Checkbox
          aria-describedby={app.takenBy === null ? undefined : noteId}
          checked={selected}
          disabled={!onChange || !isSelectable(app)}
          hideLabel
          id={`app-${app.id}`}
          label={app.name}
          onChange={(event) => onChange?.([app], event.currentTarget.checked)}
        />
      </Td>
      <Th className="font-normal" scope="row">
        <label className="wrap-anywhere" htmlFor={`app-${app.id}`}>
          {app.name}
        </label>
        {app.takenBy === null ? null : (
          <span className="wrap-anywhere block text-[0.8125rem] text-ink-2 lg:ml-4 lg:inline" id={noteId}>
            {`Belongs to the enterprise key “${app.takenBy}”. Take it out there first.`}
          </span>
        )}
      </Th>
      <Td className="text-ink-2">{app.kind}</Td>
    </Tr>
  );
}

import Form from 'next/form';
import { SelectField } from '#components/form/select-field.tsx';
import { Button, LinkButton } from '#components/ui/button.tsx';
import type { HistoryFilters } from './filters.ts';
import { operationOptions } from './operation-options.ts';
import { outcomeWords } from './words.ts';

/** Filters that live in the address: sending the form only changes it. */
export function HistoryFilterForm({ filters, path }: { filters: HistoryFilters; path: string }) {
  const filtered = filters.outcome !== undefined || filters.operation !== undefined;
  return (
    <Form action={path} className="mb-4 flex flex-wrap items-end gap-3" key={`${filters.outcome} ${filters.operation}`}>
      <SelectField
        className="w-40"
        defaultValue={filters.outcome ?? ''}
        label="Outcome"
        name="outcome"
        options={Object.entries(outcomeWords).map(([value, { label }]) => ({ value, label }))}
        placeholder="All"
      />
      <SelectField
        className="w-64"
        defaultValue={filters.operation ?? ''}
        label="What"
        name="operation"
        options={operationOptions()}
        placeholder="All"
      />
      <Button type="submit">Apply filters</Button>
      {filtered ? (
        <LinkButton href={path} variant="ghost">
          Clear
        </LinkButton>
      ) : null}
    </Form>
  );
}

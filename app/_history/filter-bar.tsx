'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseAsString, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { type Choice, Pick } from '#components/ui/pick.tsx';
import { PickDates } from '#components/ui/pick-dates.tsx';
import { historyChoices, vendorHistoryChoices } from './actions.ts';
import type { HistoryFilters } from './history-address.ts';

type FilterBarProps = {
  /** Whose history: of the vendor's neither keys nor apps are asked. */
  of: 'tenant' | 'vendor';
  /** The page is of one key: no other can be chosen. */
  hasFixedKey: boolean;
  filters: HistoryFilters;
  /** What is chosen, by its name. */
  chosen: {
    person: Choice | null;
    key: Choice | null;
    app: Choice | null;
    kind: Choice | null;
    outcome: Choice | null;
  };
  kinds: readonly Choice[];
  /** IDs of `kinds` that stand for several operations. */
  groups: readonly string[];
  outcomes: readonly Choice[];
};

const names = [
  'person',
  'since',
  'until',
  'zone',
  'key',
  'app',
  'kind',
  'operation',
  'outcome',
  'before',
  'from',
] as const;
const parsers = Object.fromEntries(names.map((name) => [name, parseAsString])) as Record<
  (typeof names)[number],
  typeof parseAsString
>;

/** Filters that live in the address. Each change begins at the newest event again. */
export function FilterBar({ of, hasFixedKey, filters, chosen, kinds, groups, outcomes }: FilterBarProps) {
  const [, set] = useQueryStates(parsers, { history: 'push', shallow: false });
  const change = (to: Partial<Record<(typeof names)[number], string | null>>) =>
    void set({ ...to, before: null, from: null });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a look of its own that a row of buttons does not want
    <div aria-label="Filters" className="flex flex-wrap gap-2" role="group">
      <PickName
        anyLabel="Any person"
        chosen={chosen.person}
        label="Person"
        of={of}
        onPick={(person) => change({ person })}
        what="people"
      />
      <PickDates
        chosen={{ since: filters.since ?? null, until: filters.until ?? null }}
        label="Date"
        onPick={({ since, until }) => change({ since, until, zone: since || until ? zoneHere() : null })}
        today={todayHere}
      />
      {of === 'tenant' && !hasFixedKey ? (
        <PickName
          anyLabel="Any key"
          chosen={chosen.key}
          label="Key"
          of={of}
          onPick={(key) => change({ key })}
          what="keys"
        />
      ) : null}
      {of === 'tenant' ? (
        <PickName
          anyLabel="Any app"
          chosen={chosen.app}
          label="App"
          of={of}
          onPick={(app) => change({ app })}
          what="apps"
        />
      ) : null}
      <Pick
        anyLabel="Any kind"
        choices={kinds}
        chosen={chosen.kind}
        label="Kind"
        onPick={(id) =>
          change(id !== null && !groups.includes(id) ? { kind: null, operation: id } : { kind: id, operation: null })
        }
      />
      <Pick
        anyLabel="Any outcome"
        choices={outcomes}
        chosen={chosen.outcome}
        label="Outcome"
        onPick={(outcome) => change({ outcome })}
      />
    </div>
  );
}

type PickNameProps = {
  label: string;
  anyLabel: string;
  what: 'people' | 'keys' | 'apps';
  of: 'tenant' | 'vendor';
  chosen: Choice | null;
  onPick: (id: string | null) => void;
};

/** Names are asked for when somebody wants to choose one: a tenant may have ten thousand apps. */
function PickName({ what, of, ...pick }: PickNameProps) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const query = useQuery({
    queryKey: ['history-choices', of, what, search],
    queryFn: () => (of === 'vendor' ? vendorHistoryChoices : historyChoices)({ of: what, search }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const choices = query.data?.ok ? query.data.data : [];
  const failed = query.isError || query.data?.ok === false;
  return (
    <Pick
      {...pick}
      choices={choices}
      onOpenChange={(next) => {
        setOpen(next);
        if (!next) setSearch('');
      }}
      onSearch={setSearch}
      status={
        failed
          ? 'The names could not be loaded. Close the list and try again.'
          : query.isPending
            ? 'Loading …'
            : undefined
      }
    />
  );
}

function zoneHere(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function todayHere(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

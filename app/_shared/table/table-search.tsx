'use client';

import { useId } from 'react';

type TableSearchProps = { label: string; value: string; onSearch: (search: string) => void };

export function TableSearch({ label, value, onSearch }: TableSearchProps) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label className="sr-only" htmlFor={id}>
        {label}
      </label>
      <input
        autoComplete="off"
        className="min-h-9 w-full max-w-72 rounded-control border border-control bg-panel px-2.5 py-1.5"
        defaultValue={value}
        id={id}
        onChange={(event) => onSearch(event.currentTarget.value)}
        placeholder={label}
        type="search"
      />
    </div>
  );
}

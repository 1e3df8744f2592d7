'use client';

import { Popover } from '@base-ui/react/popover';
import { ChevronDown } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { useHydrated } from './use-hydrated.ts';

/** Days such as "2026-11-28"; null: without an end on that side. */
export type Dates = { since: string | null; until: string | null };

type PickDatesProps = {
  label: string;
  chosen: Dates;
  /** Today, where the reader is. */
  today: () => string;
  onPick: (dates: Dates) => void;
};

/** A compact filter by a first and a last day, both included. */
export function PickDates({ label, chosen, today, onPick }: PickDatesProps) {
  const hydrated = useHydrated();
  const [open, setOpen] = useState(false);
  const words = wordsOf(chosen);

  function pick(dates: Dates): void {
    setOpen(false);
    onPick(dates);
  }

  return (
    <Popover.Root onOpenChange={(next) => setOpen(next)} open={open}>
      <Popover.Trigger
        disabled={!hydrated}
        aria-label={words ? `${label}: ${words}` : label}
        className={classNames(
          'inline-flex min-h-8 max-w-64 items-center gap-2 rounded-control border border-edge px-2.5 py-0.5 text-[0.8125rem] hover:bg-hover',
          words ? 'bg-sunk font-[550]' : 'bg-panel',
        )}
      >
        <span className="truncate">{words ?? label}</span>
        <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="start" className="z-40 outline-none" sideOffset={6}>
          <Popover.Popup
            aria-label={label}
            className="w-72 max-w-[calc(100vw-2rem)] rounded-panel border border-line bg-panel p-3.5 text-ink shadow-lg outline-none"
          >
            <DatesForm chosen={chosen} onPick={pick} today={today} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function DatesForm({ chosen, today, onPick }: Omit<PickDatesProps, 'label'>) {
  const id = useId();

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [since, until] = ['since', 'until'].map((name) => String(form.get(name) ?? '') || null);
    const isBackwards = since && until && since > until;
    onPick(isBackwards ? { since: until ?? null, until: since } : { since: since ?? null, until: until ?? null });
  }

  return (
    <form onSubmit={submit}>
      <div className="mb-3 flex flex-wrap gap-2">
        <Button onClick={() => onPick({ since: today(), until: today() })} size="small">
          Today
        </Button>
        <Button onClick={() => onPick({ since: daysBefore(today(), 6), until: null })} size="small">
          Last 7 days
        </Button>
        <Button onClick={() => onPick({ since: daysBefore(today(), 29), until: null })} size="small">
          Last 30 days
        </Button>
      </div>
      <div className="grid grid-cols-2 gap-2.5">
        {(['since', 'until'] as const).map((name) => (
          <div className="min-w-0" key={name}>
            <label className="mb-1 block text-[0.8125rem]" htmlFor={`${id}-${name}`}>
              {name === 'since' ? 'First day' : 'Last day'}
            </label>
            <input
              className="min-h-9 w-full min-w-0 rounded-control border border-control bg-panel px-2 text-[0.8125rem] text-ink"
              defaultValue={chosen[name] ?? ''}
              id={`${id}-${name}`}
              name={name}
              type="date"
            />
          </div>
        ))}
      </div>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="small" type="submit" variant="primary">
          Apply
        </Button>
        {chosen.since || chosen.until ? (
          <Button onClick={() => onPick({ since: null, until: null })} size="small">
            Any date
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function wordsOf({ since, until }: Dates): string | undefined {
  if (since && until) return since === until ? dayWords(since) : `${dayWords(since)} to ${dayWords(until)}`;
  if (since) return `Since ${dayWords(since)}`;
  return until ? `Until ${dayWords(until)}` : undefined;
}

function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

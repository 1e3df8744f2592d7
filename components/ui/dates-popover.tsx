'use client';

import { Popover } from '@base-ui/react/popover';
import { type FormEvent, useId, useState } from 'react';
import { Button } from './button.tsx';
import { PickFace, pickLook } from './pick-face.tsx';
import { type Dates, type PickDatesProps, wordsOf } from './picked-dates.ts';

/** The days of a PickDates, open at once, with the button that they belong to. */
export function DatesPopover({ label, chosen, today, onPick }: PickDatesProps) {
  const [open, setOpen] = useState(true);
  const words = wordsOf(chosen);

  function pick(dates: Dates): void {
    setOpen(false);
    onPick(dates);
  }

  return (
    <Popover.Root onOpenChange={(next) => setOpen(next)} open={open}>
      <Popover.Trigger aria-label={words ? `${label}: ${words}` : label} className={pickLook(words !== undefined)}>
        <PickFace>{words ?? label}</PickFace>
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

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

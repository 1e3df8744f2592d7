'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import Link from 'next/link';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Result } from '#lib/byok/errors.ts';
import type { FoundName } from '#lib/byok/name-views.ts';
import { type FoundGroup, type FoundLine, groupsOf } from './found.ts';

type SearchDialogProps = {
  /** What can be searched for. */
  label: string;
  open: boolean;
  onClose: () => void;
  pages: readonly { href: string; label: string }[];
  /** Where the focus goes back to when nothing was chosen. */
  returnTo: RefObject<HTMLElement | null>;
};

/** Type a part of a name, choose with the arrow keys, Enter goes there. Each line is a link, so that leaving a form still asks first. */
export function SearchDialog({ label, open, onClose, pages, returnTo }: SearchDialogProps) {
  const chosen = useRef(false);
  return (
    <Dialog.Root onOpenChange={(next) => (next ? undefined : onClose())} open={open}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-shade" />
        <Dialog.Popup
          aria-label="Search"
          className="-translate-x-1/2 fixed top-[min(6rem,10dvh)] left-1/2 z-50 flex max-h-[min(32rem,80dvh)] w-[min(34rem,calc(100vw-2rem))] flex-col overflow-hidden rounded-dialog border border-line bg-panel text-ink shadow-2xl"
          finalFocus={() => (chosen.current ? false : returnTo.current)}
        >
          <Finder
            label={label}
            onChosen={() => {
              chosen.current = true;
              onClose();
            }}
            onOpened={() => {
              chosen.current = false;
            }}
            pages={pages}
          />
          <Dialog.Close className="sr-only">Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type FinderProps = Pick<SearchDialogProps, 'label' | 'pages'> & { onChosen: () => void; onOpened: () => void };

/** Inside the popup, so that what was typed is forgotten when it closes. */
function Finder({ label, pages, onChosen, onOpened }: FinderProps) {
  const [text, setText] = useState('');
  const { found, failed, searching } = useFound(text);
  const groups = groupsOf(found, pages, text);
  const latest = useRef({ onChosen, onOpened });
  useEffect(() => {
    latest.current = { onChosen, onOpened };
  });
  useEffect(() => {
    latest.current.onOpened();
    // A guard of unsaved work stops a link's click before anything here hears of it, so it is heard where the guard hears it; what is
    // clicked stays until the click has been dealt with.
    const onClick = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('[role="option"]'))
        setTimeout(() => latest.current.onChosen());
    };
    window.addEventListener('click', onClick, true);
    return () => window.removeEventListener('click', onClick, true);
  }, []);

  return (
    <Autocomplete.Root
      autoHighlight="always"
      inline
      items={groups}
      itemToStringValue={(line: FoundLine) => line.label}
      keepHighlight
      mode="none"
      onValueChange={setText}
      open
      value={text}
    >
      <div className="flex items-center gap-2.5 border-line border-b pl-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-ink-3" strokeWidth={1.6} />
        <Autocomplete.Input
          aria-label={label}
          className="min-h-12 w-full bg-transparent pr-4 outline-none placeholder:text-ink-3"
          placeholder={label}
        />
      </div>
      <div className="min-h-0 overflow-y-auto">
        <Autocomplete.List className="p-1.5">
          {(group: FoundGroup) => (
            <Autocomplete.Group items={group.items} key={group.label}>
              <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-ink-3 text-xs">
                {group.label}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(line: FoundLine) => <Line key={line.href} line={line} />}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
        <p className="px-4 pb-4 text-ink-2 empty:hidden" role="status">
          {failed ? 'Keyward could not search. Try again.' : null}
          {!failed && !searching && groups.length === 0 ? `Nothing found for “${text.trim()}”.` : null}
        </p>
      </div>
    </Autocomplete.Root>
  );
}

function Line({ line }: { line: FoundLine }) {
  return (
    <Autocomplete.Item
      className="flex items-baseline gap-3 rounded-md px-2.5 py-1.5 no-underline outline-none data-highlighted:bg-hover forced-colors:data-highlighted:outline-2 forced-colors:data-highlighted:outline-[Highlight]"
      // Not fetched ahead: the vendor's look into a tenant is noted there.
      render={<Link href={line.href} prefetch={false} />}
      value={line}
    >
      <span className="wrap-anywhere min-w-0">{line.label}</span>
      {line.detail ? <span className="min-w-0 truncate text-[0.8125rem] text-ink-2">{line.detail}</span> : null}
    </Autocomplete.Item>
  );
}

/** Asks once typing pauses; what was found before stays until then. */
function useFound(text: string): { found: readonly FoundName[]; failed: boolean; searching: boolean } {
  const wanted = text.trim();
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), 120);
    return () => clearTimeout(timer);
  }, [wanted]);
  const { data, isError, isFetching } = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => search(asked, signal),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  if (wanted === '') return { found: [], failed: false, searching: false };
  return { found: data ?? [], failed: isError, searching: isFetching || asked !== wanted };
}

async function search(text: string, signal: AbortSignal): Promise<FoundName[]> {
  const response = await fetch(`/api/search?q=${encodeURIComponent(text)}`, { signal });
  const result = (await response.json()) as Result<FoundName[]>;
  if (!result.ok) throw new Error(result.error.code);
  return result.data;
}

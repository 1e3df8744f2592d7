'use client';

import { Combobox } from '@base-ui/react/combobox';
import { Check } from 'lucide-react';
import { useState } from 'react';
import type { Choice, PickProps } from './pick.tsx';
import { PickFace, pickLook } from './pick-face.tsx';

/** The list of a Pick, open at once, with the button that it belongs to. */
export function PickList({ label, anyLabel, chosen, choices, onPick, onSearch, onOpenChange, status }: PickProps) {
  const [typed, setTyped] = useState('');
  const any: Choice = { id: '', name: anyLabel };
  const items = typed === '' && chosen ? [any, ...choices] : [...choices];
  return (
    <Combobox.Root
      defaultOpen
      filter={onSearch ? null : undefined}
      inputValue={typed}
      isItemEqualToValue={(item: Choice, value: Choice) => item.id === value.id}
      itemToStringLabel={(item: Choice) => item.name}
      items={items}
      onInputValueChange={(text) => {
        setTyped(text);
        onSearch?.(text);
      }}
      onOpenChange={(open) => {
        if (!open) setTyped('');
        onOpenChange?.(open);
      }}
      onValueChange={(choice: Choice | null) => onPick(choice === null || choice.id === '' ? null : choice.id)}
      value={chosen}
    >
      <Combobox.Trigger aria-label={chosen ? `${label}: ${chosen.name}` : label} className={pickLook(chosen !== null)}>
        <PickFace>{chosen?.name ?? label}</PickFace>
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner align="start" className="z-40 outline-none" sideOffset={6}>
          <Combobox.Popup
            aria-label={label}
            className="flex max-h-[min(24rem,var(--available-height))] w-72 max-w-[calc(100vw-2rem)] flex-col rounded-panel border border-line bg-panel p-1.5 text-ink shadow-lg outline-none"
          >
            <Combobox.Input
              aria-label={`Search: ${label}`}
              className="mb-1.5 min-h-9 w-full rounded-control border border-control bg-panel px-2.5 text-ink placeholder:text-ink-3"
              placeholder="Search"
            />
            <Combobox.List className="min-h-0 overflow-y-auto">
              {(choice: Choice) => (
                <Combobox.Item
                  className="flex cursor-pointer items-start gap-2 rounded-md px-2 py-1.5 outline-none data-highlighted:bg-hover forced-colors:data-highlighted:outline-2 forced-colors:data-highlighted:outline-[Highlight]"
                  key={choice.id}
                  value={choice}
                >
                  <span className="flex h-5 w-3.5 shrink-0 items-center">
                    <Combobox.ItemIndicator>
                      <Check aria-hidden="true" className="size-3.5" />
                    </Combobox.ItemIndicator>
                  </span>
                  <span className="wrap-anywhere min-w-0">{choice.name}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
            <Combobox.Status className="px-2 py-1 text-[0.8125rem] text-ink-2 empty:hidden">
              {status ?? (items.length === 0 ? 'Nothing matches.' : null)}
            </Combobox.Status>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

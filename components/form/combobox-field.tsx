'use client';

import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { type FocusEvent, useId, useRef, useState } from 'react';
import { controlLook, describedBy, Field, type FieldWords } from './field.tsx';

export type ComboboxOption = {
  value: string;
  label: string;
  /** What else it is found by. */
  words?: string;
};

type ComboboxFieldProps = FieldWords & {
  options: readonly ComboboxOption[];
  value: string;
  onChange: (value: string) => void;
  /** Said where nothing is found. */
  nothing: string;
  id?: string;
};

/**
 * One of many, found by typing a part of it: for lists that are too long to be read. Its list is no `Combobox.Popup`, since that hides the
 * rest of the page from screen readers while it is open; so the field closes it by itself when the focus goes on.
 */
export function ComboboxField({ label, hint, error, options, value, onChange, nothing, id }: ComboboxFieldProps) {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const actions = useRef<Combobox.Root.Actions>(null);
  // The list stands in the page's main part, as the field does.
  const [around, setAround] = useState<HTMLDivElement | null>(null);

  function leave({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && !around?.contains(relatedTarget)) actions.current?.close();
  }
  return (
    <Field error={error} hint={hint} id={fieldId} label={label}>
      <Combobox.Root
        actionsRef={actions}
        autoHighlight
        filter={isFoundBy}
        isItemEqualToValue={(one: ComboboxOption, other: ComboboxOption) => one.value === other.value}
        items={options}
        // Nothing moves as it closes, so nothing is waited for.
        onOpenChange={(open) => (open ? undefined : actions.current?.unmount())}
        onValueChange={(chosen: ComboboxOption | null) => (chosen ? onChange(chosen.value) : undefined)}
        value={options.find((option) => option.value === value) ?? null}
      >
        <div className="relative" ref={setAround}>
          <Combobox.Input
            aria-describedby={describedBy(fieldId, { hint, error })}
            aria-invalid={error ? true : undefined}
            autoComplete="off"
            className={`${controlLook} pr-9`}
            id={fieldId}
            onBlur={leave}
            spellCheck={false}
          />
          <Combobox.Trigger
            aria-label="Show all"
            className="absolute inset-y-0 right-0 grid w-9 place-items-center text-ink-2"
            onBlur={leave}
          >
            <ChevronDown aria-hidden="true" className="size-4" />
          </Combobox.Trigger>
        </div>
        <Combobox.Portal container={around}>
          <Combobox.Positioner className="z-40 outline-none" sideOffset={4}>
            <div className="w-(--anchor-width) rounded-control border border-edge bg-panel py-1 text-ink shadow-lg">
              <Combobox.Empty>
                <div className="px-2.5 py-1.5 text-ink-2">{nothing}</div>
              </Combobox.Empty>
              <Combobox.List
                className="max-h-[min(20rem,var(--available-height))] overflow-y-auto outline-none"
                // Its scroll bar was pressed: typing goes on.
                onFocus={() => around?.querySelector('input')?.focus()}
              >
                {(option: ComboboxOption) => (
                  <Combobox.Item
                    className="flex cursor-default items-center gap-2 px-2.5 py-1.5 data-highlighted:bg-hover forced-colors:data-highlighted:bg-[Highlight] forced-colors:data-highlighted:text-[HighlightText]"
                    key={option.value}
                    value={option}
                  >
                    <span className="min-w-0 flex-1">{option.label}</span>
                    <Combobox.ItemIndicator>
                      <Check aria-hidden="true" className="size-3.5" />
                    </Combobox.ItemIndicator>
                  </Combobox.Item>
                )}
              </Combobox.List>
            </div>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </Field>
  );
}

/** Every word that was typed stands somewhere in it. */
function isFoundBy({ label, words = '' }: ComboboxOption, query: string): boolean {
  const text = `${label} ${words}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

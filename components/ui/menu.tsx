'use client';

import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { classNames } from './class-names.ts';

type MenuProps = {
  /** The button that opens it; give it a name. */
  trigger: ReactElement;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  children: ReactNode;
};

/** What is not needed every day, behind one button. Arrow keys, first letters and Escape work as in any menu. */
export function Menu({ trigger, align = 'end', side = 'bottom', children }: MenuProps) {
  const place = useRef<HTMLSpanElement>(null);
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      {/* It stays in the landmark that its button is in, and takes no room there. */}
      <span className="contents" ref={place} />
      <BaseMenu.Portal container={place}>
        <BaseMenu.Positioner
          align={align}
          className="z-40 outline-none"
          positionMethod="fixed"
          side={side}
          sideOffset={6}
        >
          <BaseMenu.Popup className="max-h-[var(--available-height)] w-max min-w-48 max-w-[min(22rem,calc(100vw-2rem))] overflow-y-auto rounded-panel border border-line bg-panel p-1.5 text-ink shadow-lg outline-none">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

type MenuItemProps = {
  children: ReactNode;
  onClick: () => void;
  danger?: boolean;
  /** Why it cannot be done now. It stays in the menu, with its reason below it. */
  disabledReason?: string | null | undefined;
};

export function MenuItem({ children, onClick, danger = false, disabledReason }: MenuItemProps) {
  return (
    <BaseMenu.Item
      aria-disabled={disabledReason ? true : undefined}
      className={`${row} ${danger ? 'text-bad' : ''}`}
      closeOnClick={!disabledReason}
      onClick={() => (disabledReason ? undefined : onClick())}
    >
      {children}
      {disabledReason ? (
        <span className="wrap-anywhere block font-normal text-[0.8125rem] text-ink-2">{disabledReason}</span>
      ) : null}
    </BaseMenu.Item>
  );
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <BaseMenu.LinkItem className={`${row} no-underline`} closeOnClick render={<Link href={href} />}>
      {children}
    </BaseMenu.LinkItem>
  );
}

type MenuChoiceProps<T extends string> = {
  /** What is chosen; shown above the choices and read with each. */
  label: string;
  options: readonly { value: T; label: string }[];
  /** null while it is not known yet. */
  value: T | null;
  onChange: (value: T) => void;
};

/** One of a few, chosen in the menu itself, which stays open so that the outcome can be seen. */
export function MenuChoice<T extends string>({ label, options, value, onChange }: MenuChoiceProps<T>) {
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className="px-2.5 pt-1.5 pb-1 text-ink-3 text-xs">{label}</BaseMenu.GroupLabel>
      <BaseMenu.RadioGroup onValueChange={(next: T) => onChange(next)} value={value}>
        {options.map((option) => (
          <BaseMenu.RadioItem
            className={classNames(row, 'flex items-center justify-between gap-3')}
            closeOnClick={false}
            key={option.value}
            value={option.value}
          >
            {option.label}
            <BaseMenu.RadioItemIndicator>
              <Check aria-hidden="true" className="size-3.5" />
            </BaseMenu.RadioItemIndicator>
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </BaseMenu.Group>
  );
}

/** A file to download: a plain link, which the router does not fetch beforehand. */
export function MenuDownload({ href, children }: { href: string; children: ReactNode }) {
  return (
    <BaseMenu.LinkItem className={`${row} no-underline`} closeOnClick download href={href}>
      {children}
    </BaseMenu.LinkItem>
  );
}

/** A line between what does not belong together, such as before what destroys. */
export function MenuLine() {
  return <BaseMenu.Separator className="mx-2 my-1.5 border-line border-t" />;
}

const row =
  'block w-full cursor-pointer rounded-md px-2.5 py-1.5 text-left outline-none data-highlighted:bg-hover aria-disabled:cursor-not-allowed aria-disabled:text-ink-3 forced-colors:data-highlighted:outline-2 forced-colors:data-highlighted:outline-[Highlight]';

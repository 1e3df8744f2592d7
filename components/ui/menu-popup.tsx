'use client';

import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { classNames } from './class-names.ts';
import type { MenuChoiceProps, MenuDownloadProps, MenuItemProps, MenuLinkProps, MenuProps, OpenedBy } from './menu.tsx';

type PopupProps = MenuProps & { openedBy: OpenedBy };

/** The menu itself with the button that it belongs to, open at once: loaded with the first one that is opened. */
export function MenuPopup({ trigger, align = 'end', side = 'bottom', openedBy, children }: PopupProps) {
  const button = useRef<HTMLButtonElement>(null);
  const isPressed = useRef(false);
  const place = useRef<HTMLSpanElement>(null);
  // Base UI tells the keyboard from the pointer by the event: what was pressed is pressed again, now that there is a menu.
  useEffect(() => {
    if (openedBy !== 'keyboard' || isPressed.current) return;
    isPressed.current = true;
    button.current?.focus();
    button.current?.click();
  }, [openedBy]);

  return (
    <BaseMenu.Root defaultOpen={openedBy === 'pointer'} modal={false}>
      <BaseMenu.Trigger ref={button} render={trigger} />
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

export function PopupItem({ children, onClick, danger = false, disabledReason }: MenuItemProps) {
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

export function PopupLink({ href, children }: MenuLinkProps) {
  return (
    <BaseMenu.LinkItem className={`${row} no-underline`} closeOnClick render={<Link href={href} />}>
      {children}
    </BaseMenu.LinkItem>
  );
}

export function PopupChoice<T extends string>({ label, options, value, onChange }: MenuChoiceProps<T>) {
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

export function PopupDownload({ href, children }: MenuDownloadProps) {
  return (
    <BaseMenu.LinkItem className={`${row} no-underline`} closeOnClick download href={href}>
      {children}
    </BaseMenu.LinkItem>
  );
}

export function PopupLine() {
  return <BaseMenu.Separator className="mx-2 my-1.5 border-line border-t" />;
}

const row =
  'block w-full cursor-pointer rounded-md px-2.5 py-1.5 text-left outline-none data-highlighted:bg-hover aria-disabled:cursor-not-allowed aria-disabled:text-ink-3 forced-colors:data-highlighted:outline-2 forced-colors:data-highlighted:outline-[Highlight]';

'use client';

import {
  cloneElement,
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useContext,
  useState,
} from 'react';
import { ErrorNotice } from './error-notice.tsx';
import { latePart, useLatePart } from './late-part.ts';
import type * as Parts from './menu-popup.tsx';
import { notLoaded } from './not-loaded.tsx';

export type MenuProps = {
  /** The button that opens it; give it a name. */
  trigger: ReactElement;
  align?: 'start' | 'end';
  side?: 'top' | 'bottom';
  children: ReactNode;
};

/** By keyboard the first entry has the focus at once. */
export type OpenedBy = 'pointer' | 'keyboard';

const popup = latePart(() => import('./menu-popup.tsx'));
const MenuParts = createContext<typeof Parts | null>(null);

/**
 * What is not needed every day, behind one button. Arrow keys, first letters and Escape work as in any menu. What makes it a menu is
 * loaded when somebody comes near the button, or opens it.
 */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState<OpenedBy | null>(null);
  const [failed, setFailed] = useState(false);
  const parts = useLatePart(popup, wanted !== null, () => {
    setFailed(true);
    // It can be pressed again.
    setWanted(null);
  });
  if (parts && wanted) {
    return (
      <MenuParts value={parts}>
        <parts.MenuPopup {...props} openedBy={wanted} />
      </MenuParts>
    );
  }
  return (
    <>
      {cloneElement(props.trigger as ReactElement<TriggerProps>, {
        'aria-expanded': false,
        'aria-haspopup': 'menu',
        // A press of Enter or Space comes as a click without a pointer.
        onClick: (event) => setWanted(event.detail === 0 ? 'keyboard' : 'pointer'),
        onFocus: comeNear,
        onKeyDown: (event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setWanted('keyboard');
        },
        onPointerEnter: comeNear,
      })}
      {failed && !wanted ? <ErrorNotice error={notLoaded} /> : null}
    </>
  );
}

type TriggerProps = {
  'aria-expanded': boolean;
  'aria-haspopup': 'menu';
  onClick: (event: MouseEvent<HTMLElement>) => void;
  onFocus: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onPointerEnter: () => void;
};

function comeNear(): void {
  // A failure is told where the menu is asked for.
  popup.load().catch(() => undefined);
}

export type MenuItemProps = {
  children: ReactNode;
  onClick: () => void;
  danger?: boolean;
  /** Why it cannot be done now. It stays in the menu, with its reason below it. */
  disabledReason?: string | null | undefined;
};

export function MenuItem(props: MenuItemProps) {
  const parts = useContext(MenuParts);
  return parts ? <parts.PopupItem {...props} /> : null;
}

export type MenuLinkProps = { href: string; children: ReactNode };

export function MenuLink(props: MenuLinkProps) {
  const parts = useContext(MenuParts);
  return parts ? <parts.PopupLink {...props} /> : null;
}

export type MenuChoiceProps<T extends string> = {
  /** What is chosen; shown above the choices and read with each. */
  label: string;
  options: readonly { value: T; label: string }[];
  /** null while it is not known yet. */
  value: T | null;
  onChange: (value: T) => void;
};

/** One of a few, chosen in the menu itself, which stays open so that the outcome can be seen. */
export function MenuChoice<T extends string>(props: MenuChoiceProps<T>) {
  const parts = useContext(MenuParts);
  return parts ? <parts.PopupChoice {...props} /> : null;
}

export type MenuDownloadProps = { href: string; children: ReactNode };

/** A file to download: a plain link, which the router does not fetch beforehand. */
export function MenuDownload(props: MenuDownloadProps) {
  const parts = useContext(MenuParts);
  return parts ? <parts.PopupDownload {...props} /> : null;
}

/** A line between what does not belong together, such as before what destroys. */
export function MenuLine() {
  const parts = useContext(MenuParts);
  return parts ? <parts.PopupLine /> : null;
}

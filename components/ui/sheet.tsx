'use client';

import { type ReactNode, useState } from 'react';
import { latePart, useLatePart } from './late-part.ts';
import { LoadAgain } from './not-loaded.tsx';

export type SheetProps = {
  title: ReactNode;
  /** One line below the title: when, or where. */
  subtitle?: ReactNode;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
  /** Buttons that stay in view. */
  footer?: ReactNode;
};

/**
 * Details of a row, at the right-hand side; over the whole width where that is narrow. The page beside it stays usable. Escape closes it,
 * and the focus goes back to where it came from. What makes it a sheet is loaded when it first opens.
 */
export function Sheet(props: SheetProps) {
  const { open } = props;
  // Stays once it was there: it gives back the focus as it closes.
  const [wasOpen, setWasOpen] = useState(open);
  if (open && !wasOpen) setWasOpen(true);
  const [failed, setFailed] = useState(false);
  const Popup = useLatePart(popup, open && !failed, () => setFailed(true));
  if (open && failed) return <LoadAgain again={() => setFailed(false)} />;
  return Popup && wasOpen ? <Popup {...props} /> : null;
}

const popup = latePart(() => import('./sheet-popup.tsx').then(({ SheetPopup }) => SheetPopup));

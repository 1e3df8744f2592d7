'use client';

import { type ReactNode, useState } from 'react';
import { ErrorNotice } from './error-notice.tsx';
import { latePart, useLatePart } from './late-part.ts';
import { notLoaded } from './not-loaded.tsx';
import { PickFace, pickLook } from './pick-face.tsx';
import { useHydrated } from './use-hydrated.ts';

export type Choice = { id: string; name: string };

export type PickProps = {
  /** What is chosen: "Person". It stands on the button until something is. */
  label: string;
  /** The first row, for no choice: "Any person". */
  anyLabel: string;
  chosen: Choice | null;
  choices: readonly Choice[];
  onPick: (id: string | null) => void;
  /** Where the choices come from somewhere else: what was typed to find them. They are shown as they come. */
  onSearch?: (search: string) => void;
  onOpenChange?: (open: boolean) => void;
  /** What is said below the choices: that they are on their way, or why there are none. */
  status?: ReactNode;
};

/** Fetched when somebody wants to choose: until then a page goes without. */
const list = latePart(() => import('./pick-list.tsx').then(({ PickList }) => PickList));

/** A compact filter: a button that shows what is chosen, and a list to search in. Works by keyboard as any combobox does. */
export function Pick(props: PickProps) {
  const { label, chosen, onOpenChange } = props;
  const hydrated = useHydrated();
  const [wanted, setWanted] = useState(false);
  const [failed, setFailed] = useState(false);
  const List = useLatePart(list, wanted, () => {
    setFailed(true);
    // It can be pressed again.
    setWanted(false);
    onOpenChange?.(false);
  });
  const button = (
    <button
      aria-expanded={false}
      aria-haspopup="dialog"
      aria-label={chosen ? `${label}: ${chosen.name}` : label}
      className={pickLook(chosen !== null)}
      // What is pressed before the page has come to life would go nowhere.
      disabled={!hydrated}
      onClick={() => {
        setWanted(true);
        // The list is open when it arrives.
        onOpenChange?.(true);
      }}
      role="combobox"
      type="button"
    >
      <PickFace>{chosen?.name ?? label}</PickFace>
    </button>
  );
  if (List && wanted) return <List {...props} />;
  return (
    <>
      {button}
      {failed && !wanted ? <ErrorNotice error={notLoaded} /> : null}
    </>
  );
}

/** A dialog that is opened from more than one place. It is made anew each time that it is asked. */
export type AskedSheet<View> = {
  /** As it was when it was asked: what changes meanwhile on the page behind it was not agreed to. */
  view: View;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  returnFocusTo: () => HTMLElement | null;
  onDone: () => void;
  /** Shows what is true now, after somebody else was first. */
  onReload: () => void;
};

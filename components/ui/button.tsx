'use client';

import { cva, type VariantProps } from 'class-variance-authority';
import Link from 'next/link';
import { type ComponentPropsWithRef, type MouseEvent, useId } from 'react';
import { classNames } from './class-names.ts';
import { Spinner } from './spinner.tsx';
import { useHydrated } from './use-hydrated.ts';

const look = cva(
  'inline-flex max-w-full items-center justify-center gap-2 rounded-control border px-3.25 text-center font-[530] no-underline aria-disabled:cursor-not-allowed aria-disabled:border-line aria-disabled:bg-sunk aria-disabled:text-ink-3 forced-colors:aria-disabled:border-[GrayText] forced-colors:aria-disabled:text-[GrayText] print:hidden',
  {
    variants: {
      variant: {
        primary: 'border-act bg-act text-act-ink not-aria-disabled:hover:bg-act-hover',
        secondary: 'border-edge bg-panel text-ink not-aria-disabled:hover:bg-hover',
        danger: 'border-bad-solid bg-bad-solid text-bad-ink not-aria-disabled:hover:opacity-90',
        ghost:
          'border-transparent bg-transparent text-ink-2 not-aria-disabled:hover:bg-hover not-aria-disabled:hover:text-ink',
      },
      size: {
        normal: 'min-h-8.5 py-1',
        small: 'min-h-7 px-2.5 py-0.5 text-[0.8125rem]',
        square: 'min-h-8.5 min-w-8.5 px-2 py-1',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'normal' },
  },
);

type Look = VariantProps<typeof look>;

export type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'disabled'> &
  Look & {
    /** The action that this button started is still running: a spinner shows, and a second press does nothing. */
    pending?: boolean;
    /** Why it cannot be pressed now. Shown below it and read with it; the button stays reachable by keyboard. */
    disabledReason?: string | null | undefined;
    /** The same, where the reason stands elsewhere and once for several: the id of what says it. */
    disabledBy?: string | null | undefined;
  };

/** A button. Its accessible name stays the same while it is pending. `type` is `button` unless given. */
export function Button(props: ButtonProps) {
  const { pending = false, disabledReason, disabledBy, variant, size, className, children, ...others } = props;
  const { onClick, onMouseDown, ...rest } = others;
  const reasonId = useId();
  const hydrated = useHydrated();
  const inert = pending || Boolean(disabledReason) || Boolean(disabledBy);

  // `disabled` would take the button out of the tab order, and its reason with it.
  function press(event: MouseEvent<HTMLButtonElement>): void {
    if (inert) {
      event.preventDefault();
      event.stopPropagation();
    } else {
      onClick?.(event);
    }
  }

  /**
   * Leaving a field shows its error, which moves what is below: pressed in that very instant, the form's button would
   * move away under the pointer and the press be lost. So the press of a form's button does not take the focus.
   */
  function pressDown(event: MouseEvent<HTMLButtonElement>): void {
    if (rest.type === 'submit') event.preventDefault();
    onMouseDown?.(event);
  }

  const button = (
    <button
      type="button"
      {...rest}
      aria-busy={pending || undefined}
      aria-describedby={disabledReason ? reasonId : (disabledBy ?? rest['aria-describedby'])}
      aria-disabled={inert || undefined}
      className={classNames(look({ variant, size }), className)}
      // Before hydration a submit button would send its form to the address bar, password and all.
      disabled={!hydrated}
      onClick={press}
      onMouseDown={pressDown}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  );
  if (!disabledReason) return button;
  return (
    <span className="inline-flex max-w-full flex-col items-start gap-1">
      {button}
      <span className="wrap-anywhere text-[0.8125rem] text-ink-2" id={reasonId}>
        {disabledReason}
      </span>
    </span>
  );
}

/** A link that looks like a button, for going somewhere. */
export function LinkButton({ variant, size, className, ...rest }: ComponentPropsWithRef<typeof Link> & Look) {
  return <Link {...rest} className={classNames(look({ variant, size }), className)} />;
}

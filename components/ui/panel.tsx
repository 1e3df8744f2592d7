import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A bordered area of a page. Give `aria-labelledby` the id of its PanelHeader's heading to make it a named region. */
export function Panel({ className, ...rest }: ComponentPropsWithRef<'section'>) {
  return (
    <section
      {...rest}
      className={classNames(
        'mb-4 min-w-0 rounded-panel border border-line bg-panel px-4 py-4 sm:px-5 sm:pb-4.5',
        className,
      )}
    />
  );
}

type PanelHeaderProps = {
  title: ReactNode;
  /** Id of the heading. */
  id?: string;
  level?: 2 | 3;
  description?: ReactNode;
  /** Beside the heading, not a part of its name: what explains it. */
  help?: ReactNode;
  /** Buttons or facts at the right-hand side. */
  actions?: ReactNode;
};

export function PanelHeader({ title, id, level = 2, description, help, actions }: PanelHeaderProps) {
  const Heading = `h${level}` as const;
  return (
    // On narrow screens what describes it has the whole width, below heading and actions.
    <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-1.5 sm:grid sm:grid-cols-[minmax(10rem,1fr)_auto] sm:grid-rows-[auto_1fr] sm:gap-y-0.5">
      <div className="flex min-w-0 grow basis-40 flex-wrap items-center gap-x-1">
        <Heading className="font-semibold text-[0.9375rem]" id={id}>
          {title}
        </Heading>
        {help}
      </div>
      {description ? (
        <p className="order-2 min-w-0 basis-full text-ink-2 sm:order-none sm:col-start-1">{description}</p>
      ) : null}
      {actions ? (
        <div className="order-1 flex flex-wrap items-center gap-2.5 sm:order-none sm:col-start-2 sm:row-span-2 sm:row-start-1">
          {actions}
        </div>
      ) : null}
    </div>
  );
}

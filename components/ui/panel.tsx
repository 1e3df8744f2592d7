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
    <div className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-40">
        <div className="flex flex-wrap items-center gap-x-1">
          <Heading className="font-semibold text-[0.9375rem]" id={id}>
            {title}
          </Heading>
          {help}
        </div>
        {description ? <p className="mt-0.5 text-ink-2">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2.5">{actions}</div> : null}
    </div>
  );
}

import type { ComponentPropsWithRef } from 'react';
import { classNames } from './class-names.ts';
import { ScrollArea } from './scroll-area.tsx';

/** A table inside an area that scrolls sideways on narrow screens. `label` names both. */
export function Table({ label, className, ...rest }: ComponentPropsWithRef<'table'> & { label: string }) {
  return (
    <ScrollArea label={`${label}, scrollable`} outset>
      <table
        {...rest}
        aria-label={label}
        className={classNames('w-full border-collapse text-[0.84375rem]', className)}
      />
    </ScrollArea>
  );
}

export function Thead(props: ComponentPropsWithRef<'thead'>) {
  return <thead {...props} />;
}

export function Tbody({ className, ...rest }: ComponentPropsWithRef<'tbody'>) {
  return <tbody {...rest} className={classNames('[&>tr:last-child>*]:border-b-0', className)} />;
}

export function Tr({ className, ...rest }: ComponentPropsWithRef<'tr'>) {
  return <tr {...rest} className={classNames('align-top', className)} />;
}

type CellProps = {
  /** Right-aligned, digits of one width. */
  numeric?: boolean;
};

export function Th({ numeric, className, scope = 'col', ...rest }: ComponentPropsWithRef<'th'> & CellProps) {
  return (
    <th
      {...rest}
      className={classNames(
        'border-line border-b py-1.5 pr-3 text-left font-medium',
        scope === 'col' ? 'whitespace-nowrap text-ink-3 text-xs' : 'py-2.5',
        numeric && 'text-right tabular-nums',
        className,
      )}
      scope={scope}
    />
  );
}

export function Td({ numeric, className, ...rest }: ComponentPropsWithRef<'td'> & CellProps) {
  return (
    <td
      {...rest}
      className={classNames('border-line border-b py-2.5 pr-3', numeric && 'text-right tabular-nums', className)}
    />
  );
}

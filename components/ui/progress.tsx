import { type ReactNode, useId } from 'react';

type ProgressProps = {
  label: ReactNode;
  done: number;
  total: number;
  /** What is counted ("records"); read with the numbers. */
  unit?: string;
};

/** How far long work has come: bar and numbers. A total of 0 counts as complete. */
export function Progress({ label, done, total, unit }: ProgressProps) {
  const labelId = useId();
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const words = `${count.format(done)} of ${count.format(total)}${unit ? ` ${unit}` : ''}`;
  return (
    <div>
      <div className="mb-1 flex flex-wrap justify-between gap-x-4">
        <span className="font-medium" id={labelId}>
          {label}
        </span>
        <span className="text-ink-2 tabular-nums">{words}</span>
      </div>
      <div
        aria-labelledby={labelId}
        aria-valuemax={total}
        aria-valuemin={0}
        aria-valuenow={Math.min(done, total)}
        aria-valuetext={words}
        className="h-2.5 overflow-hidden rounded-full border border-transparent bg-idle-bg"
        role="progressbar"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] forced-colors:bg-[Highlight]"
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}

const count = new Intl.NumberFormat('en');

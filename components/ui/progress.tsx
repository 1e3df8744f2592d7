import { type ReactNode, useId } from 'react';

type ProgressProps = {
  label: ReactNode;
  done: number;
  total: number;
  /** Of what is not done: what was tried and did not come through. Drawn and told apart from what is left. */
  failed?: number;
  /** What is counted ("records"); read with the numbers. */
  unit?: string;
};

/** How far long work has come: bar and numbers. A total of 0 counts as complete. */
export function Progress({ label, done, total, failed = 0, unit }: ProgressProps) {
  const labelId = useId();
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const failedShare = total === 0 ? 0 : Math.min(1 - share, failed / total);
  const words = `${count.format(done)} of ${count.format(total)}${unit ? ` ${unit}` : ''}`;
  const rest = restWords(total - done - failed, failed);
  return (
    <div>
      <div className="mb-1 flex flex-wrap justify-between gap-x-4">
        <span className="font-medium" id={labelId}>
          {label}
        </span>
        <span className="text-ink-2 tabular-nums">
          {words}
          {rest}
        </span>
      </div>
      <div
        aria-labelledby={labelId}
        aria-valuemax={total}
        aria-valuemin={0}
        aria-valuenow={Math.min(done, total)}
        aria-valuetext={`${words}${rest}`}
        className="flex h-2.5 overflow-hidden rounded-full border border-transparent bg-idle-bg"
        role="progressbar"
      >
        <div
          className="h-full bg-act transition-[width] forced-colors:bg-[Highlight]"
          style={{ width: `${share * 100}%` }}
        />
        <div className="h-full bg-bad forced-colors:bg-[Mark]" style={{ width: `${failedShare * 100}%` }} />
      </div>
    </div>
  );
}

/** ", 1 failed, 13 left": only what there is. */
function restWords(left: number, failed: number): string {
  const parts = [
    failed > 0 ? `${count.format(failed)} failed` : null,
    left > 0 ? `${count.format(left)} left` : null,
  ].filter((part) => part !== null);
  return parts.map((part) => `, ${part}`).join('');
}

const count = new Intl.NumberFormat('en');

import { Check } from 'lucide-react';
import Link from 'next/link';
import { classNames } from '#components/ui/class-names.ts';
import { type StepState, steps } from './steps.ts';

/** Where one is in the set-up; it stays in view. On narrow screens it is a line of progress below "Step n of m". */
export function StepList({ states }: { states: StepState[] }) {
  const current = states.find((step) => step.current);
  return (
    <nav
      aria-label="Steps"
      className="sticky top-(--banner-height) z-10 mb-4 bg-bg py-2 lg:top-[calc(var(--banner-height)+1rem)] lg:mb-0 lg:self-start lg:py-0"
    >
      <p className="mb-1.5 text-[0.8125rem] text-ink-2 lg:hidden">
        {`Step ${current?.number ?? 1} of ${steps.length}`}
        <span aria-hidden="true">{current ? `: ${current.title}` : ''}</span>
      </p>
      <ol className="flex gap-1 lg:block">
        {states.map((step) => (
          <li aria-current={step.current ? 'step' : undefined} className="flex-1" key={step.id}>
            {step.href ? (
              <Link
                className="flex items-center gap-2.5 rounded-control py-2.5 no-underline lg:py-1.5 lg:pr-2"
                href={step.href}
              >
                <StepName step={step} />
              </Link>
            ) : (
              <span className="flex items-center gap-2.5 py-2.5 lg:py-1.5 lg:pr-2">
                <StepName step={step} />
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepName({ step }: { step: StepState }) {
  const reached = step.done || step.current;
  return (
    <>
      <span
        aria-hidden="true"
        className={classNames(
          'h-1 w-full rounded-full border lg:hidden',
          reached ? 'border-act bg-act' : 'border-control',
        )}
      />
      <span
        aria-hidden="true"
        className={classNames(
          'hidden size-5.5 shrink-0 place-items-center rounded-full border text-xs tabular-nums lg:grid',
          'border-control/60 text-ink-3',
          step.done && 'border-transparent bg-ok-bg text-ok',
          step.current && 'border-transparent bg-act text-act-ink',
        )}
      >
        {step.done && !step.current ? <Check className="size-3.5" /> : step.number}
      </span>
      <span
        className={classNames(
          'sr-only lg:not-sr-only',
          step.current
            ? 'font-semibold text-ink'
            : step.href
              ? 'text-ink-2 underline-offset-2 lg:hover:underline'
              : 'text-ink-3',
        )}
      >
        {step.title}
        {step.done ? <span className="sr-only"> (done)</span> : null}
      </span>
    </>
  );
}

'use client';

import type { FormEvent, ReactNode } from 'react';
import { ErrorSummary, type FieldProblem } from '#components/form/error-summary.tsx';
import { Button } from '#components/ui/button.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { ActionErrorNotice } from '../../../_shared/refusal/action-error-notice.tsx';
import { useFocusOnError } from '../../../_shared/refusal/use-focus-on-error.ts';
import type { SaveHow, StepSaver } from './use-save-step.ts';

/** What a step puts into its frame, but for its content. */
export type StepForm = {
  saver: StepSaver;
  /** Called by Next, which is the form's own button, and by Save Draft. */
  onSave: (how: SaveHow) => void;
  problems?: readonly FieldProblem[];
  attempt?: number;
};

type StepFrameProps = StepForm & {
  /** False where a step has nothing to save. */
  draft?: boolean;
  /** `secondary`: something else moves the task on now. `elsewhere`: Next stands in the step itself. */
  next?: 'primary' | 'secondary' | 'elsewhere';
  children: ReactNode;
};

/** What all steps have around their content: the summary of what is wrong, the refusal, and Back, Save Draft, Next. */
export function StepFrame(props: StepFrameProps) {
  const { saver, onSave, draft = true, next = 'primary', problems = [], attempt = 0, children } = props;
  const hydrated = useHydrated();
  const notice = useFocusOnError(saver.actionError);
  function submit(event: FormEvent): void {
    event.preventDefault();
    onSave('next');
  }
  return (
    <form noValidate onChange={saver.touch} onSubmit={submit}>
      <ErrorSummary attempt={attempt} errors={problems} />
      {problems.length === 0 ? (
        <ActionErrorNotice ref={notice} onReload={saver.guard.release} actionError={saver.actionError} />
      ) : null}
      <fieldset className="contents" disabled={!hydrated}>
        {/* What is typed while the next page is on its way would be lost with this one. */}
        <div className="contents" inert={saver.guard.going}>
          {children}
        </div>
        <div className="flex flex-wrap items-center gap-2.5">
          <Button onClick={saver.back}>Back</Button>
          <span className="ml-auto text-ink-2 tabular-nums" role="status">
            {saver.saved}
          </span>
          {draft ? (
            <Button onClick={() => onSave('draft')} pending={saver.pending === 'draft'}>
              Save Draft
            </Button>
          ) : null}
          {next === 'elsewhere' ? null : <NextButton saver={saver} variant={next} />}
        </div>
      </fieldset>
      {saver.guard.dialog}
    </form>
  );
}

/** The form's own button. */
export function NextButton({ saver, variant }: { saver: StepSaver; variant: 'primary' | 'secondary' }) {
  return (
    <Button pending={saver.pending === 'next'} type="submit" variant={variant}>
      Next
    </Button>
  );
}

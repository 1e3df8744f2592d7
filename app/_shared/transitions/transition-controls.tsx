'use client';

import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import { useAct } from '../command/use-act.ts';
import { pauseMoveAction, resumeMoveAction } from './actions.ts';
import { standingOf } from './transition-words.ts';

type TransitionControlsProps = {
  transition: TransitionView;
  role: Role;
  /** After an answer, whichever: the page looks again. */
  onChanged: () => void;
  /** Which transition is meant, where a page shows several: read with the buttons' words. */
  of?: string;
};

/** Pause, Resume, Try again now: what fits how the transition stands. A failure stays beside them. */
export function TransitionControls({ transition, role, onChanged, of }: TransitionControlsProps) {
  const pause = useAct(pauseMoveAction);
  const resume = useAct(resumeMoveAction);
  const standing = standingOf(transition);
  const error = pause.error ?? resume.error;
  const paused = standing === 'paused';
  const waits = standing === 'stuck' || standing === 'incomplete';

  async function act(one: typeof pause, other: typeof pause) {
    other.clearError();
    await one.run(transition.id);
    onChanged();
  }

  const shared = (verb: string) => ({
    'aria-label': of ? `${verb}: ${of}` : undefined,
    disabledReason: role === 'admin' ? null : 'Only an administrator can do this.',
    size: 'small' as const,
  });
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-start gap-2.5 [&>*]:max-w-44">
        {paused ? (
          <Button
            {...shared('Resume')}
            onClick={() => void act(resume, pause)}
            pending={resume.pending}
            variant="primary"
          >
            Resume
          </Button>
        ) : null}
        {waits ? (
          <Button {...shared('Try again now')} onClick={() => void act(resume, pause)} pending={resume.pending}>
            Try again now
          </Button>
        ) : null}
        {paused ? null : (
          <Button {...shared('Pause')} onClick={() => void act(pause, resume)} pending={pause.pending}>
            Pause
          </Button>
        )}
      </div>
      {error ? (
        <div className="mt-3">
          <ErrorNotice error={error} />
        </div>
      ) : null}
    </div>
  );
}

import { RelativeTime } from '#components/ui/relative-time.tsx';
import { countOf } from '#lib/byok/format.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import { leftToMove, standingOf, transitionTitle } from './transition-words.ts';

/** A key transition in one or two sentences, for where its whole panel does not fit. Nothing for one that is over. */
export function TransitionLine({ transition }: { transition: TransitionView | null }) {
  if (!transition) return null;
  const standing = standingOf(transition);
  if (standing === 'over') return null;
  const left = leftToMove(transition);
  const bad = standing === 'stuck' || standing === 'incomplete';
  return (
    <p className={`mb-3 ${bad ? 'font-medium text-bad' : 'text-ink-2'}`}>
      {transitionTitle(transition)}
      {standing === 'paused' ? ` (by ${transition.paused?.by ?? ''})` : ''}
      {transition.failure && standing === 'stuck' ? `: ${transition.failure.detail}` : '.'}
      {left
        ? ` ${left.text} left${transition.dataKeys.failed > 0 ? `, ${countOf(transition.dataKeys.failed, 'data key')} failed` : ''}.`
        : ''}
      {bad && transition.nextTryAt ? (
        <>
          {' '}
          Next try <RelativeTime at={transition.nextTryAt} />.
        </>
      ) : null}
    </p>
  );
}

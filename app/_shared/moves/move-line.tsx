import { RelativeTime } from '#components/ui/relative-time.tsx';
import { countOf } from '#lib/byok/format.ts';
import type { MoveView } from '#lib/byok/move-views.ts';
import { leftToMove, moveTitle, standingOf } from './move-words.ts';

/** A move in one or two sentences, for where its whole panel does not fit. Nothing for one that is over. */
export function MoveLine({ move }: { move: MoveView | null }) {
  if (!move) return null;
  const standing = standingOf(move);
  if (standing === 'over') return null;
  const left = leftToMove(move);
  const bad = standing === 'stuck' || standing === 'behind';
  return (
    <p className={`mb-3 ${bad ? 'font-medium text-bad' : 'text-ink-2'}`}>
      {moveTitle(move)}
      {standing === 'paused' ? ` (by ${move.paused?.by ?? ''})` : ''}
      {move.failure && standing === 'stuck' ? `: ${move.failure.detail}` : '.'}
      {left
        ? ` ${left.text} left${move.dataKeys.failed > 0 ? `, ${countOf(move.dataKeys.failed, 'data key')} failed` : ''}.`
        : ''}
      {bad && move.nextTryAt ? (
        <>
          {' '}
          Next try <RelativeTime at={move.nextTryAt} />.
        </>
      ) : null}
    </p>
  );
}

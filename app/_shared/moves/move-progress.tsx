'use client';

import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { MoveView } from '#lib/byok/move-views.ts';
import { LeftBehind } from './left-behind.tsx';
import { MoveControls } from './move-controls.tsx';
import { moveTitle, phaseSentence, standingOf } from './move-words.ts';
import { usePace } from './use-pace.ts';

type MoveProgressProps = { move: MoveView; seenAt: number; role: Role; onChanged: () => void };

/** How far the move has come. All of it is read from the server, so a reload changes nothing. */
export function MoveProgress({ move, seenAt, role, onChanged }: MoveProgressProps) {
  return (
    <Panel aria-labelledby="move">
      <PanelHeader
        actions={<MoveControls move={move} onChanged={onChanged} role={role} />}
        description={
          <>
            Asked for by {move.requestedBy}
            {move.startedAt ? (
              <>
                , begun <RelativeTime at={move.startedAt} />
              </>
            ) : null}
          </>
        }
        id="move"
        title={moveTitle(move)}
      />
      {/* Only what a phase does is announced, not each number. */}
      <p aria-live="polite" className="mb-3 max-w-[75ch] text-ink-2">
        {standingSentence(move)}
      </p>
      <Bars move={move} />
      <Pace move={move} seenAt={seenAt} />
      <LeftBehind move={move} />
    </Panel>
  );
}

function standingSentence(move: MoveView): string {
  switch (standingOf(move)) {
    case 'paused':
      return `Paused by ${move.paused?.by ?? ''}. Nothing moves until it is resumed; what can be read does not change.`;
    case 'stuck':
      return `The last try failed: ${move.failure?.detail ?? ''} This is how far it has come.`;
    case 'behind':
      return 'Everything has been tried. What could not be moved is tried again by itself.';
    default:
      return phaseSentence(move);
  }
}

function Bars({ move: { apps, dataKeys, records } }: { move: MoveView }) {
  return (
    <div className="grid gap-4">
      <Progress done={apps.done} label="Apps and bots with a fresh data key" total={apps.total} unit="apps and bots" />
      {dataKeys.total > 0 ? (
        <Progress
          done={dataKeys.done}
          failed={dataKeys.failed}
          label="Older data keys moved"
          total={dataKeys.total}
          unit="data keys"
        />
      ) : null}
      {records.total > 0 ? (
        <Progress
          done={records.done}
          failed={records.failed}
          label="Stored records re-encrypted"
          total={records.total}
          unit="records"
        />
      ) : null}
    </div>
  );
}

function Pace({ move, seenAt }: { move: MoveView; seenAt: number }) {
  const pace = usePace(move, seenAt);
  const standing = standingOf(move);
  if (standing === 'paused') {
    return move.paused ? (
      <p className="mt-3 text-ink-2">
        Paused since <RelativeTime at={move.paused.at} withAbsolute />.
      </p>
    ) : null;
  }
  if (standing === 'stuck' || standing === 'behind') {
    return move.nextTryAt ? (
      <p className="mt-3 text-ink-2">
        Next try <RelativeTime at={move.nextTryAt} withAbsolute />.
      </p>
    ) : null;
  }
  return (
    <p className="mt-3 text-ink-2">
      {pace ? `${pace.charAt(0).toUpperCase()}${pace.slice(1)}. ` : ''}You can leave this page; the work goes on and
      survives a restart.
    </p>
  );
}

'use client';

import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import { Incomplete } from './incomplete.tsx';
import { TransitionControls } from './transition-controls.tsx';
import { phaseSentence, standingOf, transitionTitle } from './transition-words.ts';
import { usePace } from './use-pace.ts';

type TransitionProgressProps = { transition: TransitionView; seenAt: number; role: Role; onChanged: () => void };

/** How far the transition has come. All of it is read from the server, so a reload changes nothing. */
export function TransitionProgress({ transition, seenAt, role, onChanged }: TransitionProgressProps) {
  return (
    <Panel aria-labelledby="transition">
      <PanelHeader
        actions={<TransitionControls transition={transition} onChanged={onChanged} role={role} />}
        description={
          <>
            Started by {transition.requestedBy}
            {transition.startedAt ? (
              <>
                , <RelativeTime at={transition.startedAt} />
              </>
            ) : null}
          </>
        }
        id="transition"
        title={transitionTitle(transition)}
      />
      {/* Only what a phase does is announced, not each number. */}
      <p aria-live="polite" className="mb-3 max-w-[75ch] text-ink-2">
        {standingSentence(transition)}
      </p>
      <Bars transition={transition} />
      <Pace transition={transition} seenAt={seenAt} />
      <Incomplete transition={transition} />
    </Panel>
  );
}

function standingSentence(transition: TransitionView): string {
  switch (standingOf(transition)) {
    case 'paused':
      return `Paused by ${transition.paused?.by ?? ''}. Nothing moves until you resume it. What can be read does not change.`;
    case 'stuck':
      return `The last try failed: ${transition.failure?.detail ?? ''} This is how far it has come.`;
    case 'incomplete':
      return 'Everything has been tried. Keyward tries again what could not be moved.';
    default:
      return phaseSentence(transition);
  }
}

function Bars({ transition: { apps, dataKeys, records } }: { transition: TransitionView }) {
  return (
    <div className="grid gap-4">
      {/* Before it has begun nothing is counted, which is not all of it. */}
      {apps.total > 0 ? (
        <Progress
          done={apps.done}
          label="Apps and bots with a fresh data key"
          total={apps.total}
          unit="apps and bots"
        />
      ) : null}
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

function Pace({ transition, seenAt }: { transition: TransitionView; seenAt: number }) {
  const pace = usePace(transition, seenAt);
  const standing = standingOf(transition);
  if (standing === 'paused') {
    return transition.paused ? (
      <p className="mt-3 text-ink-2">
        Paused since <RelativeTime at={transition.paused.at} withAbsolute />.
      </p>
    ) : null;
  }
  if (standing === 'stuck' || standing === 'incomplete') {
    return transition.nextTryAt ? (
      <p className="mt-3 text-ink-2">
        Next try <RelativeTime at={transition.nextTryAt} withAbsolute />.
      </p>
    ) : null;
  }
  return (
    <p className="mt-3 text-ink-2">
      {pace ? `${pace.charAt(0).toUpperCase()}${pace.slice(1)}. ` : ''}You can leave this page. The work continues, even
      after a restart.
    </p>
  );
}

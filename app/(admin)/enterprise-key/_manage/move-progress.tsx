'use client';

import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { MoveView } from '#lib/byok/views.ts';
import { moveTitle, phaseSentence, standingOf } from './move-words.ts';
import { usePace } from './use-pace.ts';

/** How far the move has come. All of it is read from the server, so a reload changes nothing. */
export function MoveProgress({ move, seenAt }: { move: MoveView; seenAt: number }) {
  const pace = usePace(move, seenAt);
  const { apps, dataKeys, records } = move;
  return (
    <Panel>
      <PanelHeader title={moveTitle(move)} />
      <p className="mb-3 text-ink-2" aria-live="polite">
        {standingOf(move) === 'stuck' ? 'The last try failed; this is how far it has come.' : phaseSentence(move)}
      </p>
      <div className="grid gap-4">
        <Progress label="Fresh data keys" done={apps.done} total={apps.total} unit="apps and bots" />
        <Progress label="Older data keys" done={dataKeys.done} total={dataKeys.total} unit="data keys" />
        <Progress label="Stored before, re-encrypted" done={records.done} total={records.total} unit="records" />
      </div>
      <p className="mt-3 text-ink-2">
        {pace === null ? '' : `${pace}. `}You can leave this page; the work goes on and survives a restart.
      </p>
    </Panel>
  );
}

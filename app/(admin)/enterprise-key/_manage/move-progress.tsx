import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { MoveView } from '#lib/byok/views.ts';
import { phaseWords, recordsPerSecond } from './move-pace.ts';
import { countOf, formatCount } from './format.ts';
import { shareOf } from './truth.ts';

/** How far the move has come. All of it is read from the server, so a reload changes nothing. */
export function MoveProgress({ move, seenAt }: { move: MoveView; seenAt: number }) {
  const { appsDone, appsTotal, dataKeysLeft, recordsDone, recordsTotal } = move;
  const pace = recordsPerSecond(move, seenAt);
  return (
    <Panel>
      <PanelHeader title={`Activating, ${shareOf(appsDone, appsTotal)}`} />
      <p className="mb-3 text-ink-2" aria-live="polite">
        {move.failure ? 'The last try failed; this is how far it has come.' : phaseWords[move.phase]}
      </p>
      <div className="grid gap-4">
        <Progress label="New data under your key" done={appsDone} total={appsTotal} unit="apps and bots" />
        <Progress label="Stored before, re-encrypted" done={recordsDone} total={recordsTotal} unit="records" />
      </div>
      <p className="mt-3 text-ink-2">
        {countOf(Math.max(0, recordsTotal - recordsDone), 'record')} and {countOf(dataKeysLeft, 'older data key')} left
        {pace === null ? '' : `, about ${formatCount(pace)} records each second`}. You can leave this page; the work
        goes on and survives a restart.
      </p>
    </Panel>
  );
}

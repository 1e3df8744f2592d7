import Link from 'next/link';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { HistoryEvent } from '#lib/byok/account-views.ts';
import { visible } from '#lib/byok/shown-text.ts';
import { wordsOf } from './words.ts';

/** The last events in a line each, with the way to all of them. */
export function RecentActivity({ events, path }: { events: HistoryEvent[]; path: string }) {
  return (
    <Panel aria-labelledby="recent-activity">
      <PanelHeader
        actions={
          <Link className="link text-[0.8125rem]" href={path}>
            History
          </Link>
        }
        id="recent-activity"
        title="Recent activity"
      />
      <ul className="space-y-2.5 text-[0.84375rem]">
        {events.map(({ id, at, actor, operation }) => (
          <li className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3" key={id}>
            <span className="text-ink-2">
              <RelativeTime at={at} />
            </span>
            <span className="[overflow-wrap:anywhere]">
              {wordsOf(operation)} <span className="text-ink-2">· {visible(actor)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

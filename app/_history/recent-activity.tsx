'use client';

import Link from 'next/link';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useZone } from './reader-time.ts';
import { SentenceText } from './sentence-text.tsx';
import type { ToldEvent } from './told-event.ts';

/** The last events in a sentence each, with the way to all of them. */
export function RecentActivity({ events, path }: { events: readonly ToldEvent[]; path: string }) {
  const zone = useZone();
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
        {events.map(({ event, sentence }) => (
          <li
            className="grid grid-cols-[5rem_minmax(0,1fr)] sm:grid-cols-[6.5rem_minmax(0,1fr)] gap-x-3"
            key={event.id}
          >
            <span className="text-ink-2">
              <RelativeTime at={event.at} />
            </span>
            <span className="wrap-anywhere">
              <SentenceText sentence={sentence} zone={zone} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

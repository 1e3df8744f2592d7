'use client';

import { Fold } from '#components/ui/fold.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useNow } from '#components/ui/relative-time.tsx';
import { formatClock, formatDay, plural } from '#lib/byok/format.ts';
import { capital, providerWords } from '#lib/byok/providers.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { useKey } from './live-key.tsx';
import { happenings, whoDidIt } from './revoked-words.ts';

/** How the key came to be unreadable, for whoever looks for it in the provider's own log. */
export function WhatHappened() {
  const { view, seenAt } = useKey();
  const { health, provider } = view;
  if (!health) return null;
  const ids = [health.providerRequestId].filter((id) => id !== null);
  return (
    <Panel aria-labelledby="what-happened">
      <div className="mb-1.5 flex items-baseline justify-between gap-3">
        <div className="flex items-center gap-x-1">
          <h2 className="font-semibold text-[0.9375rem]" id="what-happened">
            What happened
          </h2>
          {health.state === 'revoked' ? <HelpTerm term="revoked" /> : null}
        </div>
        {/* As the provider's own log has it. */}
        <span className="text-ink-2 text-xs">UTC</span>
      </div>
      <ol className="mb-2 space-y-2 text-[0.8125rem]">
        {happenings(view, health, seenAt).map(({ at, text }) => (
          <li className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-2.5" key={text}>
            <Clock at={at} />
            <span className="[overflow-wrap:anywhere]">{text}</span>
          </li>
        ))}
      </ol>
      {ids.length > 0 ? (
        <Fold summary={plural(ids.length, capital(providerWords(provider).requestId), 'Request IDs')}>
          <p className="break-all font-mono text-ink-2 text-xs">{ids.join(' ')}</p>
        </Fold>
      ) : null}
      <p className="mt-1.5 text-[0.8125rem] text-ink-2">{whoDidIt(provider)}</p>
    </Panel>
  );
}

/** The clock; the day where it is another one. */
function Clock({ at }: { at: string }) {
  const now = useNow();
  const old = now !== null && now - Date.parse(at) > 86_400_000;
  return (
    <time className="text-ink-2 tabular-nums" dateTime={at} title={`${formatDay(at)}, ${formatClock(at)}`}>
      {old ? formatDay(at) : formatClock(at).replace(' UTC', '')}
    </time>
  );
}

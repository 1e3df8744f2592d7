'use client';

import { Badge } from '#components/ui/badge.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { formatCount } from '#lib/byok/format.ts';
import { healthWords } from '#lib/byok/health.ts';
import { isTakenAway, protectionBadge } from '../../../_shared/key/protection.ts';
import { useKey } from './live-key.tsx';
import { AllApps } from './protection-summary.tsx';

const shown = 12;

/** The first apps that cannot read their data, with how much of it there is; then those that can. */
export function AffectedApps() {
  const { view } = useKey();
  const apps = [...view.apps].sort((a, b) => Number(isTakenAway(b)) - Number(isTakenAway(a))).slice(0, shown);
  return (
    <Panel aria-labelledby="affected-apps">
      <PanelHeader actions={<AllApps />} id="affected-apps" title="Affected apps and bots" />
      <ul className="grid gap-x-10 text-[0.84375rem] lg:grid-cols-2">
        {apps.map((app) => {
          const lost = isTakenAway(app);
          const { tone, label } = protectionBadge(app, view.id);
          return (
            <li className="flex items-center gap-3 border-line border-t py-1" key={app.id}>
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{app.name}</span>
              <Badge tone={lost ? 'bad' : tone}>{lost ? healthWords.revoked.label : label}</Badge>
              <span className="min-w-14 text-right text-ink-2 tabular-nums">
                {formatCount(app.records)}
                <span className="sr-only"> records</span>
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

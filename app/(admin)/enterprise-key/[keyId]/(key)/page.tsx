import { currentCaller } from '#lib/auth/current-caller.ts';
import { listHistory } from '#lib/operations/history/list-history.ts';
import { listKeyCreations } from '#lib/operations/setup/list-key-creations.ts';
import { RecentActivity } from '../../../../_history/recent-activity.tsx';
import { tellEvent } from '../../../../_history/told-event.ts';
import { currentMe } from '../../../../_shell/current-me.ts';
import { OrphanedKeys } from '../../_key-page/orphaned-keys.tsx';
import { Overview } from '../../_key-page/overview.tsx';

const eventsShown = 3;

export default async function OverviewPage({ params }: { params: Promise<{ keyId: string }> }) {
  const { keyId } = await params;
  const caller = await currentCaller();
  const [me, creations, history] = await Promise.all([
    currentMe(),
    listKeyCreations(caller, {}),
    listHistory(caller, { keyId, view: true, limit: eventsShown }),
  ]);
  return (
    <Overview
      activity={
        history.ok ? (
          <RecentActivity
            events={history.data.events.map((event) => tellEvent(event, history.data.names))}
            path={`/enterprise-key/${keyId}/history`}
          />
        ) : null
      }
      leftOver={
        me.ok && creations.ok ? (
          <OrphanedKeys creations={creations.data.filter((one) => one.keyId === keyId)} role={me.data.role} />
        ) : null
      }
    />
  );
}

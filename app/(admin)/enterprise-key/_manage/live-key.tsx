'use client';

import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { KeyPromise } from '../_change/promise-panel.tsx';
import { CacheTime } from './cache-time.tsx';
import { ChangeKey } from './change-key.tsx';
import { HandOverPanel } from './hand-over-panel.tsx';
import { KeyFacts } from './key-facts.tsx';
import { MoveProgress } from './move-progress.tsx';
import { NoticeList } from './notice-list.tsx';
import { noticesFor } from './notices.ts';
import { PolicyReminder } from './policy-reminder.tsx';
import { ProtectionTable } from './protection-table.tsx';
import { StaleNotice } from './stale-notice.tsx';
import { TruthPanel } from './truth-panel.tsx';
import { useLiveKey } from './use-live-key.ts';
import { Validation } from './validation.tsx';
import { VersionTimeLine } from './version-time-line.tsx';

/** The page of one key: what is true, what to do next, then the detail. It follows the key by itself. */
export function LiveKey({ initial, renderedAt, role }: { initial: KeyPageView; renderedAt: number; role: Role }) {
  const { view, seenAt, failure, lookAgain } = useLiveKey(initial, renderedAt);
  const look = () => void lookAgain();
  return (
    <>
      {failure ? (
        <StaleNotice failure={failure} onLookAgain={look} path={`/enterprise-key/${view.id}`} seenAt={seenAt} />
      ) : null}
      <TruthPanel role={role} view={view} />
      <NoticeList commands={view.commands} notices={noticesFor(view)} role={role} />
      {view.move && !view.move.finishedAt && view.status !== 'Scheduled' ? (
        <MoveProgress key={view.move.id} move={view.move} onChanged={look} role={role} seenAt={seenAt} />
      ) : null}
      <PolicyReminder onNoted={look} role={role} view={view} />
      <ChangeKey role={role} view={view} />
      <ProtectionTable onChanged={look} role={role} view={view} />
      <VersionTimeLine view={view} />
      <Validation onRun={look} role={role} view={view} />
      <CacheTime onChanged={look} role={role} tenant={view.tenant} />
      <KeyPromise role={role} view={view} />
      <KeyFacts view={view} />
      <HandOverPanel keyId={view.id} />
    </>
  );
}

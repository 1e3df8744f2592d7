'use client';

import type { KeyPageView, Role } from '#lib/byok/views.ts';
import { KeyFacts } from './key-facts.tsx';
import { MoveProgress } from './move-progress.tsx';
import { NoticeList } from './notice-list.tsx';
import { noticesFor } from './notices.ts';
import { ProtectionTable } from './protection-table.tsx';
import { StaleNotice } from './stale-notice.tsx';
import { TruthPanel } from './truth-panel.tsx';
import { useLiveKey } from './use-live-key.ts';
import { Validation } from './validation.tsx';

/** The page of one key: what is true, what to do next, then the detail. It follows the key by itself. */
export function LiveKey({ initial, renderedAt, role }: { initial: KeyPageView; renderedAt: number; role: Role }) {
  const { view, seenAt, failure, lookAgain } = useLiveKey(initial, renderedAt);
  return (
    <>
      {failure ? (
        <StaleNotice
          failure={failure}
          onLookAgain={() => void lookAgain()}
          path={`/enterprise-key/${view.id}`}
          seenAt={seenAt}
        />
      ) : null}
      <TruthPanel view={view} />
      <NoticeList notices={noticesFor(view)} edit={view.commands.edit} role={role} />
      {view.move && !view.move.finishedAt && view.status !== 'Scheduled' ? (
        <MoveProgress move={view.move} seenAt={seenAt} />
      ) : null}
      <ProtectionTable view={view} />
      <Validation view={view} role={role} onRun={() => void lookAgain()} />
      <KeyFacts view={view} />
    </>
  );
}

'use client';

import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { isProvider } from '#lib/byok/providers.ts';
import { TransitionProgress } from '../../../_shared/transitions/transition-progress.tsx';
import { CacheTime } from '../_key-page/cache-time.tsx';
import { ChangeKey } from '../_key-page/change-key.tsx';
import { HandOverPanel } from '../_key-page/hand-over-panel.tsx';
import { KeyFacts } from '../_key-page/key-facts.tsx';
import { NoticeList } from '../_key-page/notice-list.tsx';
import { noticesFor } from '../_key-page/notices.ts';
import { ProtectionTable } from '../_key-page/protection-table.tsx';
import { StaleNotice } from '../_key-page/stale-notice.tsx';
import { StatusPanel } from '../_key-page/status-panel.tsx';
import { useLiveKey } from '../_key-page/use-live-key.ts';
import { Validation } from '../_key-page/validation.tsx';
import { VersionTimeLine } from '../_key-page/version-time-line.tsx';
import { keyScreensOf } from '../_providers/key-screens.ts';
import { KeyCommitment } from '../_revert/commitment-panel.tsx';
import { RevertButton } from '../_revert/revert-button.tsx';

/** The page of one key: what is true, what to do next, then the detail. It follows the key by itself. */
export function LiveKey({ initial, renderedAt, role }: { initial: KeyPageView; renderedAt: number; role: Role }) {
  const { view, seenAt, failure, lookAgain } = useLiveKey(initial, renderedAt);
  const look = () => void lookAgain();
  const { provider } = view.details;
  const Reminder = isProvider(provider) ? keyScreensOf({ provider }).Reminder : undefined;
  return (
    <>
      {failure ? (
        <StaleNotice failure={failure} onLookAgain={look} path={`/enterprise-key/${view.id}`} seenAt={seenAt} />
      ) : null}
      <StatusPanel role={role} view={view} />
      <NoticeList commands={view.commands} notices={noticesFor(view)} role={role} />
      {view.transition && !view.transition.finishedAt && view.status !== 'scheduled' ? (
        <TransitionProgress
          key={view.transition.id}
          transition={view.transition}
          onChanged={look}
          role={role}
          seenAt={seenAt}
        />
      ) : null}
      {Reminder ? <Reminder onNoted={look} role={role} view={view} /> : null}
      <ChangeKey revert={<RevertButton role={role} view={view} />} role={role} view={view} />
      <ProtectionTable onChanged={look} role={role} view={view} />
      <VersionTimeLine view={view} />
      <Validation onRun={look} role={role} view={view} />
      <CacheTime onChanged={look} role={role} tenant={view.tenant} />
      <KeyCommitment role={role} view={view} />
      <KeyFacts view={view} />
      <HandOverPanel keyId={view.id} />
    </>
  );
}

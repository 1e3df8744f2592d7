'use client';

import type { ReactNode } from 'react';
import { isProvider } from '#lib/byok/providers.ts';
import { isRevoked } from '../../../_shared/key/status-summary.ts';
import { TransitionProgress } from '../../../_shared/transitions/transition-progress.tsx';
import { keyScreensOf } from '../_providers/key-screens.ts';
import { AffectedApps } from './affected-apps.tsx';
import { useKey } from './live-key.tsx';
import { NextSteps } from './next-steps.tsx';
import { ProtectionSummary } from './protection-summary.tsx';
import { WhatHappened } from './what-happened.tsx';

type OverviewProps = {
  /** What happened to the key last. */
  activity: ReactNode;
  /** Keys that were created for it and that nothing uses. */
  leftOver: ReactNode;
};

/** What to do next and what moves; then, in numbers, what the other tabs have. */
export function Overview({ activity, leftOver }: OverviewProps) {
  const { view } = useKey();
  return (
    <>
      {isRevoked(view) ? <Revoked /> : <NextSteps />}
      <Moving />
      <Reminder />
      {leftOver}
      {isRevoked(view) ? (
        <AffectedApps />
      ) : (
        <div className="grid gap-x-4 lg:grid-cols-2">
          <ProtectionSummary />
          {activity}
        </div>
      )}
    </>
  );
}

function Revoked() {
  return (
    <div className="grid gap-x-4 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <NextSteps />
      <WhatHappened />
    </div>
  );
}

function Moving() {
  const { view, role, seenAt, lookAgain } = useKey();
  const { transition, status } = view;
  if (!transition || transition.finishedAt || status === 'scheduled') return null;
  return (
    <TransitionProgress key={transition.id} onChanged={lookAgain} role={role} seenAt={seenAt} transition={transition} />
  );
}

function Reminder() {
  const { view, role, lookAgain } = useKey();
  const { provider } = view.details;
  const Screen = isProvider(provider) ? keyScreensOf({ provider }).Reminder : undefined;
  return Screen ? <Screen onNoted={lookAgain} role={role} view={view} /> : null;
}

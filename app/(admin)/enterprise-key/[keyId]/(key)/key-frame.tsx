'use client';

import type { ReactNode } from 'react';
import { TabNav } from '#components/ui/tab-nav.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { KeyHeader } from '../../_key-page/key-header.tsx';
import { LiveKeyProvider, useKey } from '../../_key-page/live-key.tsx';
import { StaleNotice } from '../../_key-page/stale-notice.tsx';
import { ValidationProvider } from '../../_key-page/use-validation.tsx';
import { KeyDialogs } from './key-dialogs.tsx';

type FrameProps = { initial: KeyPageView; renderedAt: number; role: Role; children: ReactNode };

/** The page of one key: what is true above, and below it the tab that is open. */
export function KeyFrame({ children, ...key }: FrameProps) {
  return (
    <LiveKeyProvider {...key}>
      <ValidationProvider>
        <KeyDialogs>
          <Stale />
          <KeyHeader />
          <Tabs />
          {children}
        </KeyDialogs>
      </ValidationProvider>
    </LiveKeyProvider>
  );
}

function Stale() {
  const { view, seenAt, failure, lookAgain } = useKey();
  if (!failure) return null;
  return <StaleNotice failure={failure} onLookAgain={lookAgain} path={`/enterprise-key/${view.id}`} seenAt={seenAt} />;
}

function Tabs() {
  const { view } = useKey();
  const page = `/enterprise-key/${view.id}`;
  return (
    <TabNav
      label="Sections of this key"
      tabs={[
        { label: 'Overview', href: page },
        { label: 'Apps', href: `${page}/apps`, count: view.apps.length },
        { label: 'Versions', href: `${page}/versions`, count: view.versions.length },
        { label: 'Validation', href: `${page}/validation` },
        { label: 'Settings', href: `${page}/settings` },
        { label: 'History', href: `${page}/history` },
      ]}
    />
  );
}

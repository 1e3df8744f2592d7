'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { AppView } from '#lib/byok/app-views.ts';
import { formatCount } from '#lib/byok/format.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { RefreshWhile } from '../../../_shared/refresh-while.tsx';
import { TransitionProgress } from '../../../_shared/transitions/transition-progress.tsx';
import { wrappedByWords } from './app-words.ts';
import { KeyManagement } from './key-management.tsx';
import { appSummary } from './words.ts';

/** The tab Encryption of one app: what is true, what moves, and which key it belongs to. */
export function Encryption({ app, renderedAt, role }: { app: AppView; renderedAt: number; role: Role }) {
  const router = useRouter();
  return (
    <>
      <RefreshWhile moving={app.transitions.length > 0} />
      <Panel aria-labelledby="protection">
        <PanelHeader id="protection" title="What protects it now" />
        <p className="wrap-anywhere mb-3 max-w-[54em] text-lg leading-snug tracking-[-0.012em]" role="status">
          {appSummary(app)}
        </p>
        <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-3">
          <Fact help={<HelpTerm term="data key" />} label="Data keys">
            {wrappedByWords(app)}
          </Fact>
          <Fact label="Stored records">{formatCount(app.records)}</Fact>
          <Fact label="Current data key since">
            {app.dataKeySince ? <RelativeTime at={app.dataKeySince} /> : 'None yet'}
          </Fact>
        </dl>
      </Panel>
      {app.transitions.map(({ transition, keyId, keyAlias }) => (
        <div key={transition.id}>
          <TransitionProgress
            transition={transition}
            onChanged={() => router.refresh()}
            role={role}
            seenAt={renderedAt}
          />
          {keyId && keyAlias ? (
            <p className="-mt-2 mb-4.5 text-ink-2">
              This is work of the key{' '}
              <Link className="link" href={`/enterprise-key/${keyId}`}>
                {keyAlias}
              </Link>
              , and may concern other apps too.
            </p>
          ) : null}
        </div>
      ))}
      {/* A form of its own for each state of the server's: what was chosen for another one is gone. */}
      <KeyManagement app={app} key={JSON.stringify(app.protectedBy)} role={role} />
    </>
  );
}

function Fact({ label, help, children }: { label: string; help?: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="flex min-h-6 items-center gap-1 text-ink-3 text-xs">
        {label}
        {help}
      </dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

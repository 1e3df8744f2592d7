import type { ReactNode } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { Crumbs } from '#components/ui/page-header.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import type { Decision } from '#lib/byok/lifecycle.ts';
import { whyNotMine } from './change.ts';
import { StepHeading } from './step-heading.tsx';

type FrameProps = {
  view: Pick<KeyPageView, 'id' | 'alias'>;
  role: Role;
  title: string;
  intro: string;
  decision: Decision;
  children: ReactNode;
};

/** What a page of one change stands in: where one is, what it is about, and why nothing can be done here, if so. */
export function ChangeFrame({ view, role, title, intro, decision, children }: FrameProps) {
  const notMine = whyNotMine(role);
  return (
    <>
      <Crumbs
        crumbs={[
          { label: 'Enterprise Key', href: '/enterprise-key' },
          { label: view.alias, href: `/enterprise-key/${view.id}` },
        ]}
      />
      <StepHeading intro={intro} level={1} title={title} />
      {notMine ? (
        <Callout title={notMine}>
          <p>You can read here what it would do.</p>
        </Callout>
      ) : null}
      {decision.allowed ? null : <Callout title={decision.reason} tone="warn" />}
      {children}
    </>
  );
}

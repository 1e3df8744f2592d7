'use client';

import type { ReactNode } from 'react';
import { LinkButton } from '#components/ui/button.tsx';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { DiscardButton } from '../_shared/discard-button.tsx';

type FooterProps = {
  view: KeyPageView;
  revision: number;
  /** A rotation is prepared, and this person may throw it away. */
  discardable: boolean;
  children: ReactNode;
};

export function RotateFooter({ view, revision, discardable, children }: FooterProps) {
  return (
    <div className="flex flex-wrap items-start gap-2.5">
      <LinkButton href={`/enterprise-key/${view.id}`}>Back</LinkButton>
      {discardable ? <DiscardButton keyId={view.id} revision={revision} what="rotation" /> : null}
      <div className="ml-auto [&>span]:items-end [&>span]:text-right">{children}</div>
    </div>
  );
}

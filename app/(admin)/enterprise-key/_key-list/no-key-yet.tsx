import type { ReactNode } from 'react';
import { Panel } from '#components/ui/panel.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import { countOf, formatSeconds } from '#lib/byok/format.ts';
import type { KeyListView } from '#lib/byok/key-views.ts';
import { anyWords } from '#lib/byok/providers.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { CreateKey } from './create-key.tsx';

/** Before the first key: what protects the data now, what a key would change, and what it takes. */
export function NoKeyYet({ list, role }: { list: KeyListView; role: Role }) {
  const { tenant, apps } = list;
  return (
    <>
      <p className="wrap-anywhere mb-4 max-w-[54em] text-lg leading-snug tracking-[-0.012em]">
        The vendor’s <strong className="font-semibold">platform key</strong> protects{' '}
        <strong className="font-semibold">{countOf(apps.total, 'app or bot', 'apps and bots')}</strong> of {tenant.name}
        . The vendor can read their data. You can’t currently prevent this.
      </p>
      <Panel>
        <dl className="divide-y divide-line">
          <Row term="platform key" title="What protects your data now">
            Each app and bot has a data key of its own (AES-256). The platform key protects these data keys.
          </Row>
          <Row term="enterprise key" title="What would change">
            A key in {anyWords.ownPlace} protects the data keys instead, and never leaves {anyWords.service}. Disable
            it, and the vendor can’t read your data {laterBy(tenant.cacheTtlSeconds)}. Every use is logged in your{' '}
            {anyWords.log}.
          </Row>
          <Row title="What to have ready">
            {anyWords.administrator}, about 20 minutes, and a key in {tenant.homeRegion}. Keyward shows the role and the
            policies to copy. Nothing changes until the test passes and you proceed.
          </Row>
        </dl>
        <div className="mt-4.5">
          <CreateKey isNext role={role} />
        </div>
      </Panel>
    </>
  );
}

type RowProps = { title: string; term?: 'platform key' | 'enterprise key'; children: ReactNode };

function Row({ title, term, children }: RowProps) {
  return (
    <div className="grid gap-x-6 gap-y-1 py-3 first:pt-0.5 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <dt className="flex items-center gap-1.5 self-start font-[550]">
        {title}
        {term ? <HelpTerm term={term} /> : null}
      </dt>
      <dd className="max-w-[54em] text-ink-2">{children}</dd>
    </div>
  );
}

function laterBy(ttlSeconds: number): string {
  return ttlSeconds === 0 ? 'from the next read on' : `${formatSeconds(ttlSeconds)} later`;
}

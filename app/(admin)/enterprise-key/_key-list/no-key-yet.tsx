import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import { countOf, formatSeconds } from '#lib/byok/format.ts';
import type { KeyListView } from '#lib/byok/key-views.ts';
import { anyWords } from '#lib/byok/providers.ts';
import { CreateKey } from './create-key.tsx';

/** Before the first key: what protects the data now, what a key would change, and what it takes. */
export function NoKeyYet({ list, role }: { list: KeyListView; role: Role }) {
  const { tenant, apps } = list;
  return (
    <Panel>
      <p className="mb-4 max-w-[46em] text-[19px] leading-snug tracking-tight">
        All <strong>{countOf(apps.total, 'app or bot', 'apps and bots')}</strong> of {tenant.name} are encrypted under
        the vendor’s <strong>platform key</strong>. The vendor can read them; you cannot stop that.
      </p>
      <div className="grid gap-5 sm:grid-cols-3">
        <section>
          <PanelHeader title="What protects your data now" />
          <p className="text-ink-2">
            Each app and bot has a data key of its own (AES-256). The vendor’s platform key protects these data keys.
          </p>
        </section>
        <section>
          <PanelHeader title="What would change" />
          <p className="text-ink-2">
            A key in {anyWords.ownPlace} protects the data keys instead; its material never leaves {anyWords.service}.
            When you disable it, nobody at the vendor can read your data {laterBy(tenant.cacheTtlSeconds)}, and each use
            of it stands in your {anyWords.log}.
          </p>
        </section>
        <section>
          <PanelHeader title="What to have ready" />
          <p className="text-ink-2">
            {anyWords.administrator} and about 20 minutes. The key belongs in {tenant.homeRegion}. You get the role and
            the policies to copy, and nothing changes before a test of them has passed and you have proceeded.
          </p>
        </section>
      </div>
      <div className="mt-5">
        <CreateKey role={role} />
      </div>
    </Panel>
  );
}

function laterBy(ttlSeconds: number): string {
  return ttlSeconds === 0 ? 'from the next read on' : `${formatSeconds(ttlSeconds)} later`;
}

import type { Metadata } from 'next';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listKeyCreations } from '#lib/operations/setup/list-key-creations.ts';
import { Refused } from '../../_shared/refusal/refused.tsx';
import { currentKeys } from '../../_shell/current-keys.ts';
import { currentMe } from '../../_shell/current-me.ts';
import { KeyList } from './_key-list/key-list.tsx';
import { NoKeyYet } from './_key-list/no-key-yet.tsx';
import { OrphanedKeys } from './_key-page/orphaned-keys.tsx';
import { TenantCommitment } from './_revert/commitment-panel.tsx';
import { PageHeading } from './_shared/page-heading.tsx';

export const metadata: Metadata = { title: 'Enterprise Key' };

type Props = { searchParams: Promise<{ view?: string | string[] }> };

export default async function EnterpriseKeysPage({ searchParams }: Props) {
  const caller = await currentCaller();
  const [me, list, creations] = await Promise.all([currentMe(), currentKeys(), listKeyCreations(caller, {})]);
  const { view } = await searchParams;
  if (!me.ok) return <Refused error={me.error} title="Enterprise Key" path="/enterprise-key" />;
  if (!list.ok) return <Refused error={list.error} title="Enterprise Key" path="/enterprise-key" />;
  return (
    <>
      <PageHeading />
      {list.data.keys.length === 0 ? (
        <NoKeyYet list={list.data} role={me.data.role} />
      ) : (
        <KeyList layout={view === 'list' || view === 'cards' ? view : null} list={list.data} role={me.data.role} />
      )}
      <div className="mt-6 grid gap-4">
        {creations.ok ? <OrphanedKeys creations={creations.data} role={me.data.role} /> : null}
        <TenantCommitment role={me.data.role} tenant={list.data.tenant} />
      </div>
    </>
  );
}

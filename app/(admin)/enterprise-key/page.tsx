import type { Metadata } from 'next';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listEnterpriseKeys } from '#lib/operations/list-enterprise-keys.ts';
import { currentMe } from '../../_shell/current-me.ts';
import { TenantPromise } from './_change/promise-panel.tsx';
import { KeyList } from './_manage/key-list.tsx';
import { NoKeyYet } from './_manage/no-key-yet.tsx';
import { PageHeading } from './_manage/page-heading.tsx';
import { Refused } from './_manage/refused.tsx';

export const metadata: Metadata = { title: 'Enterprise Key' };

export default async function EnterpriseKeysPage() {
  const caller = await currentCaller();
  const [me, list] = await Promise.all([currentMe(), listEnterpriseKeys(caller, {})]);
  if (!me.ok) return <Refused error={me.error} title="Enterprise Key" path="/enterprise-key" />;
  if (!list.ok) return <Refused error={list.error} title="Enterprise Key" path="/enterprise-key" />;
  return (
    <>
      <PageHeading />
      {list.data.keys.length === 0 ? (
        <NoKeyYet list={list.data} role={me.data.role} />
      ) : (
        <KeyList list={list.data} role={me.data.role} />
      )}
      <TenantPromise role={me.data.role} tenant={list.data.tenant} />
    </>
  );
}

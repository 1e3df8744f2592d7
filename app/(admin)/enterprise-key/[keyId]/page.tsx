import { notFound } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { readEnterpriseKey } from '#lib/operations/keys/read-enterprise-key.ts';
import { listKeyCreations } from '#lib/operations/setup/list-key-creations.ts';
import { Refused } from '../../../_shared/refusal/refused.tsx';
import { currentMe } from '../../../_shell/current-me.ts';
import { OrphanedKeys } from '../_key-page/orphaned-keys.tsx';
import { PageHeading } from '../_shared/page-heading.tsx';
import { LiveKey } from './live-key.tsx';

export default async function EnterpriseKeyPage({ params }: { params: Promise<{ keyId: string }> }) {
  const { keyId } = await params;
  const path = `/enterprise-key/${encodeURIComponent(keyId)}`;
  const caller = await currentCaller();
  const [me, key, creations] = await Promise.all([
    currentMe(),
    readEnterpriseKey(caller, { keyId }),
    listKeyCreations(caller, {}),
  ]);
  if (!me.ok) return <Refused error={me.error} title="Enterprise Key" path={path} />;
  if (!key.ok) {
    // Something that is no key ID at all names a key that does not exist.
    if (key.error.code === 'invalid-input') notFound();
    return <Refused error={key.error} title="Enterprise Key" path={path} />;
  }
  return (
    <>
      <PageHeading back />
      <LiveKey initial={key.data} renderedAt={Date.now()} role={me.data.role} />
      {creations.ok ? (
        <OrphanedKeys creations={creations.data.filter((one) => one.keyId === keyId)} role={me.data.role} />
      ) : null}
    </>
  );
}

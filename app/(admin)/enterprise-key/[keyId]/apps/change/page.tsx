import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LinkButton } from '#components/ui/button.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listSelectableApps } from '#lib/operations/apps/list-selectable-apps.ts';
import { readEnterpriseKey } from '#lib/operations/keys/read-enterprise-key.ts';
import { Refused } from '../../../../../_shared/refusal/refused.tsx';
import { currentMe } from '../../../../../_shell/current-me.ts';
import { UpdateApps } from '../../../_apps/update-apps.tsx';
import { ChangeFrame } from '../../../_shared/change-frame.tsx';

export const metadata: Metadata = { title: 'Update Apps' };

export default async function UpdateAppsPage({ params }: { params: Promise<{ keyId: string }> }) {
  const { keyId } = await params;
  const path = `/enterprise-key/${encodeURIComponent(keyId)}/apps/change`;
  const caller = await currentCaller();
  const [me, key] = await Promise.all([currentMe(), readEnterpriseKey(caller, { keyId })]);
  if (!me.ok) return <Refused error={me.error} path={path} title="Update Apps" />;
  if (!key.ok) {
    // Something that is no key ID at all names a key that does not exist.
    if (key.error.code === 'invalid-input') notFound();
    return <Refused error={key.error} path={path} title="Update Apps" />;
  }
  const view = key.data;
  // A key that is gone has no choice any more.
  const apps = view.state === 'reverted' ? null : await listSelectableApps(caller, { keyId });
  if (apps && !apps.ok) return <Refused error={apps.error} path={path} title="Update Apps" />;
  return (
    <ChangeFrame
      intro={
        view.irreversible
          ? 'Choose which apps and bots this key protects. It is irreversible: you can add apps, and none returns to the platform key.'
          : 'Choose which apps and bots this key protects. Apps you remove return to the platform key.'
      }
      role={me.data.role}
      title="Update Apps"
      decision={view.commands['select-apps']}
      view={view}
    >
      {apps ? (
        <UpdateApps apps={apps.data} role={me.data.role} view={view} />
      ) : (
        <LinkButton href={`/enterprise-key/${view.id}`}>Back</LinkButton>
      )}
    </ChangeFrame>
  );
}

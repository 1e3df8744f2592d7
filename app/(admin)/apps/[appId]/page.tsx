import { notFound } from 'next/navigation';
import { PageHeader } from '#components/ui/page-header.tsx';
import { TabNav } from '#components/ui/tab-nav.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { readApp } from '#lib/operations/apps/read-app.ts';
import { Refused } from '../../../_shared/refusal/refused.tsx';
import { currentMe } from '../../../_shell/current-me.ts';
import { Encryption } from '../_apps-and-bots/encryption.tsx';

/** An app's own settings; of them this console has its encryption. */
export default async function AppPage({ params }: { params: Promise<{ appId: string }> }) {
  const { appId } = await params;
  const path = `/apps/${encodeURIComponent(appId)}`;
  const caller = await currentCaller();
  const [me, app] = await Promise.all([currentMe(), readApp(caller, { appId })]);
  if (!me.ok) return <Refused error={me.error} path={path} title="Apps" />;
  if (!app.ok) {
    // Something that is no ID at all names an app that does not exist.
    if (app.error.code === 'invalid-input') notFound();
    return <Refused error={app.error} path={path} title="Apps" />;
  }
  return (
    <>
      <PageHeader crumbs={[{ label: 'Apps', href: '/apps' }, { label: app.data.kind }]} title={app.data.name} />
      <TabNav label="Settings" tabs={[{ label: 'Encryption', href: path }]} />
      <Encryption app={app.data} renderedAt={Date.now()} role={me.data.role} />
    </>
  );
}

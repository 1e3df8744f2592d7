import type { Metadata } from 'next';
import { PageHeader } from '#components/ui/page-header.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { listApps } from '#lib/operations/apps/list-apps.ts';
import { Refused } from '../../_shared/refusal/refused.tsx';
import { AppTable } from './_apps-and-bots/app-table.tsx';

export const metadata: Metadata = { title: 'Apps' };

export default async function AppsPage() {
  const list = await listApps(await currentCaller(), {});
  if (!list.ok) return <Refused error={list.error} path="/apps" title="Apps" />;
  return (
    <>
      <PageHeader subtitle={`Apps and bots of ${list.data.tenant.name}`} title="Apps" />
      <AppTable apps={list.data.apps} />
    </>
  );
}

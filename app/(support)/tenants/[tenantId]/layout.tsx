import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { titleOf } from '../../../_shell/read-title.ts';

type Props = { params: Promise<{ tenantId: string }>; children: ReactNode };

/** Pages in it name themselves alone ("Settings"); the tenant's own page needs no title. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleOf('tenant', (await params).tenantId, 'Tenants');
}

export default function TenantLayout({ children }: Props) {
  return children;
}

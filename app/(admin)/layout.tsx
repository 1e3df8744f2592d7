import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { titleOfTenant } from '../_shell/read-title.ts';
import { Shell } from '../_shell/shell.tsx';
import { TenantBanner } from '../_shell/tenant-banner.tsx';

export const generateMetadata = (): Promise<Metadata> => titleOfTenant();

export default function TenantLayout({ children }: { children: ReactNode }) {
  return (
    <Shell roles={['admin', 'viewer']}>
      <TenantBanner />
      {children}
    </Shell>
  );
}

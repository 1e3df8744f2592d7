import type { ReactNode } from 'react';
import { Shell } from '../_shell/shell.tsx';
import { TenantBanner } from '../_shell/tenant-banner.tsx';

export default function TenantLayout({ children }: { children: ReactNode }) {
  return (
    <Shell roles={['admin', 'viewer']}>
      <TenantBanner />
      {children}
    </Shell>
  );
}

import type { ReactNode } from 'react';
import { Shell } from '../_shell/shell.tsx';
import { TenantBanner } from '../_shell/tenant-banner.tsx';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <Shell beforePasswordChange roles={['admin', 'viewer', 'support', 'operator']}>
      <TenantBanner />
      {children}
    </Shell>
  );
}

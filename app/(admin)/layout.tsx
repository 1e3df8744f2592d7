import type { ReactNode } from 'react';
import { Shell } from '../_shell/shell.tsx';

export default function TenantLayout({ children }: { children: ReactNode }) {
  return <Shell roles={['admin', 'viewer']}>{children}</Shell>;
}

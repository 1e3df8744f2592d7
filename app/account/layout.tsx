import type { ReactNode } from 'react';
import { Shell } from '../_shell/shell.tsx';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <Shell beforePasswordChange roles={['admin', 'viewer', 'support', 'operator']}>
      {children}
    </Shell>
  );
}

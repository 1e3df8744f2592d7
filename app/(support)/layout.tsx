import type { ReactNode } from 'react';
import { Shell } from '../_shell/shell.tsx';

export default function VendorLayout({ children }: { children: ReactNode }) {
  return <Shell roles={['support', 'operator']}>{children}</Shell>;
}

'use client';

import { useKey } from '../../../_key-page/live-key.tsx';
import { ProtectionTable } from '../../../_key-page/protection-table.tsx';

export function AppsTab() {
  const { view, role, lookAgain } = useKey();
  return <ProtectionTable onChanged={lookAgain} role={role} view={view} />;
}

'use client';

import { useKey } from '../../../_key-page/live-key.tsx';
import { Settings } from '../../../_key-page/settings.tsx';
import { KeyCommitment } from '../../../_revert/commitment-panel.tsx';

export function SettingsTab() {
  const { view, role } = useKey();
  return <Settings commitment={<KeyCommitment role={role} view={view} />} />;
}

'use client';

import { KeyFacts } from '../../_key-page/key-facts.tsx';
import { useKey } from '../../_key-page/live-key.tsx';
import { ProtectionTable } from '../../_key-page/protection-table.tsx';
import { Settings } from '../../_key-page/settings.tsx';
import { Validation } from '../../_key-page/validation.tsx';
import { VersionTimeLine } from '../../_key-page/version-time-line.tsx';
import { KeyCommitment } from '../../_revert/commitment-panel.tsx';

export function AppsTab() {
  const { view, role, lookAgain } = useKey();
  return <ProtectionTable onChanged={lookAgain} role={role} view={view} />;
}

export function VersionsTab() {
  const { view } = useKey();
  return (
    <>
      <VersionTimeLine view={view} />
      <KeyFacts view={view} />
    </>
  );
}

export function ValidationTab() {
  return <Validation />;
}

export function SettingsTab() {
  const { view, role } = useKey();
  return <Settings commitment={<KeyCommitment role={role} view={view} />} />;
}

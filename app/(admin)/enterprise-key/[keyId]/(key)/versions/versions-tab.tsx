'use client';

import { KeyFacts } from '../../../_key-page/key-facts.tsx';
import { useKey } from '../../../_key-page/live-key.tsx';
import { VersionTimeLine } from '../../../_key-page/version-time-line.tsx';

export function VersionsTab() {
  const { view } = useKey();
  return (
    <>
      <VersionTimeLine view={view} />
      <KeyFacts view={view} />
    </>
  );
}

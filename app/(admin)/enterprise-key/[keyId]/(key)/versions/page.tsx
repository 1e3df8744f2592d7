import type { Metadata } from 'next';
import { VersionsTab } from './versions-tab.tsx';

export const metadata: Metadata = { title: 'Versions' };

export default function VersionsPage() {
  return <VersionsTab />;
}

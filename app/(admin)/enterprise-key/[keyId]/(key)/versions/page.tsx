import type { Metadata } from 'next';
import { VersionsTab } from '../tabs.tsx';

export const metadata: Metadata = { title: 'Versions' };

export default function VersionsPage() {
  return <VersionsTab />;
}

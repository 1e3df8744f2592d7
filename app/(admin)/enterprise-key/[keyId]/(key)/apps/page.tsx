import type { Metadata } from 'next';
import { AppsTab } from '../tabs.tsx';

export const metadata: Metadata = { title: 'Apps' };

export default function AppsPage() {
  return <AppsTab />;
}

import type { Metadata } from 'next';
import { AppsTab } from './apps-tab.tsx';

export const metadata: Metadata = { title: 'Apps' };

export default function AppsPage() {
  return <AppsTab />;
}

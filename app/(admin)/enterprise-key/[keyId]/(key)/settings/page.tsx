import type { Metadata } from 'next';
import { SettingsTab } from './settings-tab.tsx';

export const metadata: Metadata = { title: 'Settings' };

export default function SettingsPage() {
  return <SettingsTab />;
}

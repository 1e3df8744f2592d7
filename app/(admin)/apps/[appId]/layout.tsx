import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { titleOf } from '../../../_shell/read-title.ts';

type Props = { params: Promise<{ appId: string }>; children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleOf('app', (await params).appId, 'Apps');
}

export default function AppLayout({ children }: Props) {
  return children;
}

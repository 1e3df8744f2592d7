import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { titleOf } from '../../../_shell/read-title.ts';

type Props = { params: Promise<{ keyId: string }>; children: ReactNode };

/** Pages in it name themselves alone ("Versions"); the key's own page needs no title. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return titleOf('key', (await params).keyId, 'Enterprise Key');
}

export default function KeyLayout({ children }: Props) {
  return children;
}

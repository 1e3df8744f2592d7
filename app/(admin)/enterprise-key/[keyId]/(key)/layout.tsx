import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { Refused } from '../../../../_shared/refusal/refused.tsx';
import { currentMe } from '../../../../_shell/current-me.ts';
import { readKey } from '../read-key.ts';
import { KeyFrame } from './key-frame.tsx';

type LayoutProps = { params: Promise<{ keyId: string }>; children: ReactNode };

/** Header and tabs of one key. They follow it by themselves, since a layout is not rendered again on the way between its pages. */
export default async function KeyLayout({ params, children }: LayoutProps) {
  const { keyId } = await params;
  const path = `/enterprise-key/${encodeURIComponent(keyId)}`;
  const [me, key] = await Promise.all([currentMe(), readKey(keyId)]);
  if (!me.ok) return <Refused error={me.error} path={path} title="Enterprise Key" />;
  if (!key.ok) {
    // Something that is no key ID at all names a key that does not exist.
    if (key.error.code === 'invalid-input') notFound();
    return <Refused error={key.error} path={path} title="Enterprise Key" />;
  }
  return (
    <KeyFrame initial={key.data} renderedAt={Date.now()} role={me.data.role}>
      {children}
    </KeyFrame>
  );
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LinkButton } from '#components/ui/button.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { readEnterpriseKey } from '#lib/operations/keys/read-enterprise-key.ts';
import { readSetUpValues } from '#lib/operations/setup/read-set-up-values.ts';
import { Refused } from '../../../../_shared/refusal/refused.tsx';
import { currentMe } from '../../../../_shell/current-me.ts';
import { RotateKey } from '../../_rotate/rotate-key.tsx';
import { rotationValues } from '../../_rotate/rotation-values.ts';
import { WhatRotationDoes } from '../../_rotate/what-rotation-does.tsx';
import { ChangeFrame } from '../../_shared/change-frame.tsx';

export const metadata: Metadata = { title: 'Rotate Key · Enterprise Key' };

export default async function RotatePage({ params }: { params: Promise<{ keyId: string }> }) {
  const { keyId } = await params;
  const path = `/enterprise-key/${encodeURIComponent(keyId)}`;
  const caller = await currentCaller();
  const [me, key, setUp] = await Promise.all([
    currentMe(),
    readEnterpriseKey(caller, { keyId }),
    readSetUpValues(caller, {}),
  ]);
  if (!me.ok) return <Refused error={me.error} path={`${path}/rotate`} title="Rotate Key" />;
  if (!key.ok) {
    // Something that is no key ID at all names a key that does not exist.
    if (key.error.code === 'invalid-input') notFound();
    return <Refused error={key.error} path={`${path}/rotate`} title="Rotate Key" />;
  }
  if (!setUp.ok) return <Refused error={setUp.error} path={`${path}/rotate`} title="Rotate Key" />;
  const view = key.data;
  return (
    <ChangeFrame
      intro="A new version of this key: another key, another role or access key, or what its alias points to now."
      role={me.data.role}
      title="Rotate Key"
      verdict={view.commands.rotate}
      view={view}
    >
      {view.standing ? <WhatRotationDoes authMode={view.standing.authMode} /> : null}
      {view.standing ? (
        <RotateKey
          from={rotationValues(view.standing.authMode, view.standing)}
          role={me.data.role}
          setUp={setUp.data}
          view={view}
        />
      ) : (
        <LinkButton href={path}>Back</LinkButton>
      )}
    </ChangeFrame>
  );
}

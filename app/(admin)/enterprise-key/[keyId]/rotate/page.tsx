import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LinkButton } from '#components/ui/button.tsx';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { readEnterpriseKey } from '#lib/operations/keys/read-enterprise-key.ts';
import { readSetUpValues } from '#lib/operations/setup/read-set-up-values.ts';
import { Refused } from '../../../../_shared/refusal/refused.tsx';
import { currentMe } from '../../../../_shell/current-me.ts';
import type { RotateScreenProps } from '../../_providers/provider-screens.ts';
import { rotationScreensOf } from '../../_providers/rotation-screens.ts';
import { ActiveKey } from '../../_rotate/active-key.tsx';
import { chosenFor } from '../../_rotate/rotate-to.ts';
import { RotateToField } from '../../_rotate/rotate-to-field.tsx';
import { WhatRotationDoes } from '../../_rotate/what-rotation-does.tsx';
import { ChangeFrame } from '../../_shared/change-frame.tsx';

export const metadata: Metadata = { title: 'Rotate Key' };

type Props = { params: Promise<{ keyId: string }>; searchParams: Promise<{ to?: string | string[] }> };

export default async function RotatePage({ params, searchParams }: Props) {
  const [{ keyId }, { to: chosen }] = await Promise.all([params, searchParams]);
  const path = `/enterprise-key/${encodeURIComponent(keyId)}`;
  const caller = await currentCaller();
  const [me, key] = await Promise.all([currentMe(), readEnterpriseKey(caller, { keyId })]);
  if (!me.ok) return <Refused error={me.error} path={`${path}/rotate`} title="Rotate Key" />;
  if (!key.ok) {
    // Something that is no key ID at all names a key that does not exist.
    if (key.error.code === 'invalid-input') notFound();
    return <Refused error={key.error} path={`${path}/rotate`} title="Rotate Key" />;
  }
  const view = key.data;
  const own = view.standing && { provider: view.standing.provider, authMode: view.standing.authMode };
  const to = own && chosenFor(view, own, typeof chosen === 'string' ? chosen : undefined);
  const setUp = to && (await readSetUpValues(caller, { provider: to.provider }));
  if (setUp?.ok === false) return <Refused error={setUp.error} path={`${path}/rotate`} title="Rotate Key" />;
  return (
    <ChangeFrame
      intro="Makes a new version of this key. Enter what it should use, test it, then rotate."
      role={me.data.role}
      title="Rotate Key"
      decision={view.commands.rotate}
      view={view}
    >
      {own && to && setUp ? (
        <Rotate own={own} role={me.data.role} setUp={setUp.data} to={to} view={view} />
      ) : (
        <LinkButton href={path}>Back</LinkButton>
      )}
    </ChangeFrame>
  );
}

/** `own`: how the key is reached now. */
type RotateProps = Omit<RotateScreenProps, 'active'> & { own: RotateScreenProps['to'] };

function Rotate({ own, to, ...given }: RotateProps) {
  const Screen = rotationScreensOf(to).Rotate;
  return (
    <>
      <WhatRotationDoes from={own} to={to} />
      <RotateToField keyId={given.view.id} own={own} to={to} />
      <Screen active={<ActiveKey view={given.view} />} key={`${to.provider}/${to.authMode}`} to={to} {...given} />
    </>
  );
}

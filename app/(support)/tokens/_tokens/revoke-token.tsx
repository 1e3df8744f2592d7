'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { TokenRow } from '#lib/byok/vendor-views.ts';
import { useAct } from '../../../_shared/command/use-act.ts';
import { revokeTokenAction } from './actions.ts';

export function RevokeToken({ token }: { token: TokenRow }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const tell = useToast();
  const { run, pending, error, clearError } = useAct(revokeTokenAction);

  async function revoke(): Promise<void> {
    if (!(await run(token.id))) return;
    setOpen(false);
    tell(`The token “${token.name}” was revoked.`);
    router.refresh();
  }

  return (
    <ConfirmDialog
      confirmLabel="Revoke token"
      error={error}
      onConfirm={revoke}
      onOpenChange={(next) => {
        clearError();
        setOpen(next);
      }}
      open={open}
      pending={pending}
      title={`Revoke the token “${token.name}”`}
      tone="danger"
      trigger={
        <Button aria-label={`Revoke ${token.name}`} size="small">
          Revoke
        </Button>
      }
    >
      <p>
        Within a second, the service that uses {token.hint} can no longer {token.actions.join(' or ')} data of{' '}
        {token.tenantName}. Nothing of the data is lost.
      </p>
      {token.actions.includes('lease') ? (
        <p>Data keys that it has already leased work until their leases end, at most the tenant’s cache time later.</p>
      ) : null}
      <p>You can’t undo this. To let the service back in, create a new token.</p>
    </ConfirmDialog>
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { useAct } from '../../../../_shared/command/use-act.ts';
import { checkTenantKeyAction } from './actions.ts';

/** Asks the key service about the tenant's key now; the tenant's own history says who did. */
export function CheckTenantKey({ tenantId, keyId, alias }: { tenantId: string; keyId: string; alias: string }) {
  const router = useRouter();
  const act = useAct(checkTenantKeyAction);

  async function check(): Promise<void> {
    await act.run({ tenantId, keyId });
    router.refresh();
  }

  return (
    <>
      <Button aria-label={`Check ${alias} now`} onClick={() => void check()} pending={act.pending} size="small">
        Check now
      </Button>
      {act.error ? <ErrorNotice error={act.error} /> : null}
    </>
  );
}

'use client';

import { useState } from 'react';
import { Checkbox } from '#components/form/checkbox.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import type { AppProtection } from '#lib/byok/key-views.ts';
import { anyService } from '#lib/byok/providers.ts';
import type { PlanView } from '#lib/byok/transition-views.ts';
import { useAct } from '../../../_shared/command/use-act.ts';
import { planRekeyAction, rekeyAppAction } from './actions.ts';
import { rekeyPlanSentence } from './rekey-words.ts';

type RekeyAppProps = { app: AppProtection; keyId: string; onChanged: () => void };

/** A fresh data key for one app, on request: says beforehand what happens and what it takes. */
export function RekeyApp({ app, keyId, onChanged }: RekeyAppProps) {
  const [open, setOpen] = useState(false);
  const [reencrypt, setReencrypt] = useState(false);
  const [plan, setPlan] = useState<PlanView | null>(null);
  const dryRun = useAct(planRekeyAction);
  const rekey = useAct(rekeyAppAction);

  async function look(withRecords: boolean) {
    setReencrypt(withRecords);
    setPlan(null);
    setPlan(await dryRun.run({ keyId, appId: app.id, reencrypt: withRecords }));
  }

  function ask(next: boolean) {
    rekey.clearError();
    setOpen(next);
    if (next) void look(false);
  }

  async function confirm() {
    if (!(await rekey.run({ appId: app.id, reencrypt }))) return;
    setOpen(false);
    onChanged();
  }

  return (
    <ConfirmDialog
      confirmLabel="Rekey"
      error={rekey.error}
      onConfirm={() => void confirm()}
      onOpenChange={ask}
      open={open}
      pending={rekey.pending}
      title={`Rekey ${app.name}`}
      trigger={
        <Button aria-label={`Rekey ${app.name}`} size="small">
          Rekey
        </Button>
      }
    >
      <p>
        {app.name} gets a fresh data key at once. New data uses it from the next write. Stored data stays readable, and
        nothing changes in {anyService}.
      </p>
      <p>You can’t undo this, but you can rekey again at any time.</p>
      <div className="py-1 text-ink">
        <Checkbox
          checked={reencrypt}
          hint="They are encrypted again with the fresh data key. The older one is deleted once nothing uses it."
          label="Re-encrypt stored records too"
          onChange={(event) => void look(event.currentTarget.checked)}
        />
      </div>
      {dryRun.error ? <ErrorNotice error={dryRun.error} /> : null}
      <p role="status">{plan ? rekeyPlanSentence(plan) : dryRun.pending ? 'Counting what it would take …' : ''}</p>
    </ConfirmDialog>
  );
}

'use client';

import { useState } from 'react';
import { Checkbox } from '#components/form/checkbox.tsx';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/dialog.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import type { AppProtection } from '#lib/byok/key-views.ts';
import type { PlanView } from '#lib/byok/transition-views.ts';
import { useAct } from '../../../_shared/command/use-act.ts';
import { planRekeyAction, rekeyAppAction } from './actions.ts';
import { rekeyPlanSentence, rekeyWords } from './rekey-words.ts';

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
      {rekeyWords.points.map((point) => (
        <p key={point}>{point}</p>
      ))}
      <div className="py-1 text-ink">
        <Checkbox
          checked={reencrypt}
          hint={rekeyWords.reencryptHint}
          label={rekeyWords.reencrypt}
          onChange={(event) => void look(event.currentTarget.checked)}
        />
      </div>
      {dryRun.error ? <ErrorNotice error={dryRun.error} /> : null}
      <p role="status">{plan ? rekeyPlanSentence(plan) : dryRun.pending ? 'Counting what it would take …' : ''}</p>
    </ConfirmDialog>
  );
}

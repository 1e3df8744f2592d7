'use client';

import { useMemo, useState } from 'react';
import { LinkButton } from '#components/ui/button.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { neverBack } from '#lib/byok/lifecycle.ts';
import type { SelectableApp } from '#lib/byok/setup-views.ts';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { AppsChoice } from '../_shared/apps-choice/apps-choice.tsx';
import { initialSelection, toSaved } from '../_shared/apps-choice/apps-selection.ts';
import { whyNotMine } from '../_shared/change.ts';
import { useLeaveGuard } from '../_shared/leave-guard.tsx';
import { usePlan } from '../_shared/use-plan.ts';
import { useSeenRevision } from '../_shared/use-seen-revision.ts';
import { updateAppsAction } from './actions.ts';
import { appsChange } from './apps-change.ts';
import { AppsDelta } from './apps-delta.tsx';
import { isActive, whyNotUpdate } from './apps-words.ts';
import { UpdateSheet } from './update-sheet.tsx';
import { useSettled } from './use-settled.ts';

/** Ticks of one press each are planned together. */
const settleMs = 400;

type UpdateAppsProps = { view: KeyPageView; apps: SelectableApp[]; role: Role };

/** Update Apps: the wizard's table with the present choice, what a new one changes, and the sheet that asks before it. */
export function UpdateApps({ view, apps, role }: UpdateAppsProps) {
  const hydrated = useHydrated();
  const present = useMemo(() => initialSelection(apps), [apps]);
  const [selection, setSelection] = useState(present);
  const seen = useSeenRevision(view.revision);
  const command = useCommand(updateAppsAction, { leaves: true });
  const change = useMemo(() => appsChange(apps, present, selection), [apps, present, selection]);
  const changed = change.added.length + change.removed.length > 0;
  const saved = useMemo(() => toSaved(apps, selection), [apps, selection]);
  const settled = useSettled(saved, settleMs);
  const plan = usePlan(view, changed && selection.size > 0 ? { kind: 'select-apps', selection: settled } : null);
  const guard = useLeaveGuard(changed ? 'ask' : 'free');
  const decision = view.commands['select-apps'];
  const locked = whyNotMine(role) ?? (decision.allowed ? null : decision.reason);
  const active = isActive(view.state);
  const brokenCommitment = view.irreversible && active && change.removed.length > 0 ? neverBack : null;
  const planned = changed && selection.size > 0 && active;

  async function update(): Promise<boolean> {
    const done = await command.run({ keyId: view.id, revision: seen.revision, selection: saved });
    if (done.ok) guard.proceed(`/enterprise-key/${view.id}`);
    return done.ok;
  }

  return (
    <>
      <fieldset className="contents" disabled={!hydrated}>
        <AppsChoice
          apps={apps}
          description={
            active
              ? 'This key protects the selected apps and bots. Searching does not change your selection.'
              : 'This key protects the selected apps and bots from the enforcement date on.'
          }
          selection={selection}
          {...(locked ? {} : { onChange: setSelection })}
        />
      </fieldset>
      <AppsDelta change={change} plan={planned ? plan : null} state={view.state} />
      <div className="flex flex-wrap items-start justify-between gap-2.5 [&>span]:items-end [&>span]:text-right">
        <LinkButton href={`/enterprise-key/${view.id}`}>Back</LinkButton>
        <UpdateSheet
          change={change}
          command={command}
          disabledReason={locked ?? brokenCommitment ?? whyNotUpdate(change, selection.size, view.state)}
          going={guard.going}
          onConfirm={update}
          onReload={seen.lookAgain}
          plan={planned ? plan : null}
          view={view}
        />
      </div>
      {guard.dialog}
    </>
  );
}

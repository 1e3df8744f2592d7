'use client';

import { useState } from 'react';
import type { SelectableApp, SetupView } from '#lib/byok/setup-views.ts';
import type { ActionError } from '../../../_shared/refusal/action-error.ts';
import { AppsChoice } from '../_shared/apps-choice/apps-choice.tsx';
import { initialSelection, sameSelection, toSaved } from '../_shared/apps-choice/apps-selection.ts';
import { selectAllId } from '../_shared/apps-choice/apps-table.tsx';
import { StepFrame } from './step-frame.tsx';
import { type SaveHow, useSaveStep } from './use-save-step.ts';

/** Step 6: which apps and bots the key is to protect. What a search hides stays as it was chosen. */
export function AppsStep({ setup, apps }: { setup: SetupView; apps: SelectableApp[] }) {
  const [saved, setSaved] = useState(() => initialSelection(apps));
  const [selection, setSelection] = useState(saved);
  const [attempt, setAttempt] = useState({ count: 0, problem: '' });
  const saver = useSaveStep(setup, 'apps', sameSelection(saved, selection) ? 'free' : 'ask');

  async function save(how: SaveHow): Promise<void> {
    const count = attempt.count + 1;
    setAttempt({ count, problem: selection.size === 0 ? 'Select at least one app or bot.' : '' });
    if (selection.size === 0) return;
    const actionError = await saver.save({ step: 'apps', values: toSaved(apps, selection) }, how);
    if (actionError === 'busy') return;
    if (actionError) setAttempt({ count, problem: messageOf(actionError) });
    else if (how === 'draft') setSaved(selection);
  }

  return (
    <StepFrame
      attempt={attempt.count}
      onSave={(how) => void save(how)}
      problems={attempt.problem && !saver.pending ? [{ fieldId: selectAllId, message: attempt.problem }] : []}
      saver={saver}
    >
      <AppsChoice
        apps={apps}
        description="New data of these is encrypted under your key from the enforcement date on, and what is stored is re-encrypted."
        onChange={setSelection}
        selection={selection}
      />
    </StepFrame>
  );
}

/** What the server found wrong with the selection itself; anything else is said by the notice. */
function messageOf(actionError: ActionError): string {
  return actionError === 'no-answer' ? '' : (actionError.fields?.apps ?? '');
}

'use client';

import { useRef, useState } from 'react';
import { isProvider } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { ActionError } from '../../../_shared/refusal/action-error.ts';
import { type LeaveGuard, type LeaveMode, useLeaveGuard } from '../_shared/leave-guard.tsx';
import { savedWords } from '../_shared/saved-words.ts';
import { saveWizardStep } from './actions.ts';
import type { StepInput } from './step-input.ts';
import { nextStep, previousStep, type StepId, stepHref } from './steps.ts';

/** `draft` stays on the step, `next` goes on to the one after it. */
export type SaveHow = 'next' | 'draft';

export type StepSaver = {
  /**
   * Answers null when it is saved, `stays` when it is but something was changed since Next was pressed. Pressed again
   * while it runs, it does nothing and answers `busy`.
   */
  save: (input: StepInput, how: SaveHow) => Promise<ActionError | 'busy' | 'stays' | null>;
  /** Something in the step was changed. */
  touch: () => void;
  back: () => void;
  /** Another command of ours has changed the key: what is saved next comes after that. */
  saw: (revision: number) => void;
  pending: SaveHow | null;
  /** What the last saving did, in words. Of a draft only as long as nothing was changed since. */
  saved: string | null;
  actionError: ActionError | null;
  guard: LeaveGuard;
};

/**
 * Saves one step of the set-up and goes on. `mode` says what leaving would mean: `ask` where something is changed that
 * is not saved yet.
 */
export function useSaveStep(setup: SetupView, step: StepId, mode: LeaveMode): StepSaver {
  const guard = useLeaveGuard(mode);
  // The revision that this form was filled from. It moves only with our own saves, so that another person's is noticed.
  const [revision, setRevision] = useState(setup.key.revision);
  const [saving, setSaving] = useState<SaveHow | null>(null);
  // Two presses may both have been checked before either is drawn.
  const isSaving = useRef(false);
  const touches = useRef(0);
  const [stays, setStays] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  const [actionError, setActionError] = useState<ActionError | null>(null);
  const keyId = setup.key.id;
  const next = nextStep(step) ?? step;

  async function save(input: StepInput, how: SaveHow): Promise<ActionError | 'busy' | 'stays' | null> {
    if (isSaving.current || guard.going) return 'busy';
    if (setup.editing === 'scheduled' && mode !== 'ask') {
      // What is scheduled stays as it is when somebody only walks through it: no working copy is made.
      if (how === 'next') guard.proceed(stepHref(setup, next));
      else setSaved('Nothing was changed; what was scheduled stands');
      return null;
    }
    isSaving.current = true;
    setSaving(how);
    setSaved(null);
    setStays(false);
    setActionError(null);
    const touchesBefore = touches.current;
    const answer = await saveWizardStep({ ...input, keyId, revision }).catch(() => null);
    isSaving.current = false;
    setSaving(null);
    if (!answer?.ok) {
      const refused = answer ? answer.error : 'no-answer';
      setActionError(refused);
      return refused;
    }
    setRevision(answer.data.revision);
    setSaved(how === 'draft' ? savedWords(answer.data.savedAt, { scheduled: setup.editing !== 'draft' }) : null);
    if (how === 'next' && touches.current !== touchesBefore) {
      // What was changed while it was being saved would be lost with the page.
      setStays(true);
      return 'stays';
    }
    if (how === 'next') guard.proceed(stepHref(afterSaving(setup, input), next));
    return null;
  }

  function back(): void {
    const before = previousStep(step);
    guard.leave(before ? stepHref(setup, before) : '/enterprise-key');
  }

  return {
    save,
    touch: () => {
      touches.current += 1;
    },
    back,
    saw: setRevision,
    pending: saving ?? (guard.going ? 'next' : null),
    saved: stays ? 'Not saved yet: what you changed after pressing Next' : mode === 'ask' ? null : saved,
    actionError,
    guard,
  };
}

/** The second step is called after its provider: the one that was just chosen. */
function afterSaving({ key, configuration }: SetupView, { values }: StepInput) {
  const named = 'provider' in values ? String(values.provider) : '';
  return { key, configuration: { provider: isProvider(named) ? named : configuration.provider } };
}

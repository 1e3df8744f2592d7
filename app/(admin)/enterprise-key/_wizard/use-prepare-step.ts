'use client';

import { type FormEvent, useState } from 'react';
import type { FieldProblem } from '#components/form/error-summary.tsx';
import type { SetupView } from '#lib/byok/views.ts';
import { otherTenantsId } from './policy-choices.tsx';
import { type PolicyChoices, usePolicyChoices } from './use-policy-choices.ts';
import { type SaveHow, type StepSaver, useSaveStep } from './use-save-step.ts';

type PrepareForm = {
  choices: PolicyChoices;
  /** The set-up with what is chosen now: every policy and file on the page is made of it. */
  shown: SetupView;
  /** What StepFrame takes. */
  step: {
    saver: StepSaver;
    onNext: (event: FormEvent) => void;
    onSaveDraft: () => void;
    problems: FieldProblem[];
    attempt: number;
  };
};

/** What Prepare AWS has to save: how the policies are to be written. */
export function usePrepareStep(setup: SetupView): PrepareForm {
  const choices = usePolicyChoices(setup);
  const saver = useSaveStep(setup, 'prepare', choices.changed ? 'ask' : 'free');
  const [attempt, setAttempt] = useState(0);

  function save(how: SaveHow): void {
    setAttempt((count) => count + 1);
    if (choices.problem) return;
    void saver.save({ step: 'prepare', values: { policyShape: choices.shape } }, how);
  }

  return {
    choices,
    shown: { ...setup, configuration: { ...setup.configuration, policyShape: choices.shape } },
    step: {
      saver,
      onNext: (event) => {
        event.preventDefault();
        save('next');
      },
      onSaveDraft: () => save('draft'),
      problems: attempt > 0 && choices.problem ? [{ fieldId: otherTenantsId, message: choices.problem }] : [],
      attempt,
    },
  };
}

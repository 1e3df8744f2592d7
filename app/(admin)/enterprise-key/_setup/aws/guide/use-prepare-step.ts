'use client';

import { useState } from 'react';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { StepForm } from '../../step-frame.tsx';
import { type SaveHow, useSaveStep } from '../../use-save-step.ts';
import { otherTenantsId } from './policy-choices.tsx';
import { type PolicyChoices, usePolicyChoices } from './use-policy-choices.ts';
import { type PrepareArns, usePrepareArns } from './use-prepare-arns.ts';

export type PrepareForm = {
  choices: PolicyChoices;
  arns: PrepareArns;
  /** Something differs from what is saved. */
  edited: boolean;
  /** Whether saving was tried: from then on what is wrong stands beside its field. */
  tried: boolean;
  /** The set-up with what is chosen and entered now: every policy and file on the page is made of it. */
  shown: SetupView;
  /** Saves where there is something to save. Answers whether what is saved is what stands here. */
  settle: () => Promise<boolean>;
  step: StepForm;
};

/**
 * What Prepare AWS has to save: how the policies are to be written, and the ARNs as far as they are known; without `saves`, that it
 * was read. `busy`: a stream is open.
 */
export function usePrepareStep(setup: SetupView, busy: boolean, { saves }: { saves: boolean }): PrepareForm {
  const choices = usePolicyChoices(setup);
  const arns = usePrepareArns(setup);
  const edited = choices.changed || arns.edited.roleArn || arns.edited.keyArn;
  const saver = useSaveStep(setup, 'prepare', edited ? 'ask' : busy ? 'cut' : 'free');
  const [attempt, setAttempt] = useState(0);
  const { keyArn, roleArn } = arns.given;
  const wrongChoice = choices.problem ? [{ fieldId: otherTenantsId, message: choices.problem }] : [];
  const problems = saves ? [...wrongChoice, ...arns.problems] : [];

  async function save(how: SaveHow): Promise<boolean> {
    setAttempt((count) => count + 1);
    if (problems.length > 0) return false;
    const values = saves ? { policyShape: choices.shape, keyArn: keyArn.trim(), roleArn: roleArn.trim() } : {};
    return (await saver.save({ step: 'prepare', values }, how)) === null;
  }

  const configuration = { ...setup.configuration, policyShape: choices.shape, keyArn, roleArn };
  return {
    choices,
    arns,
    edited,
    tried: attempt > 0,
    shown: saves ? { ...setup, configuration, report: arns.edited.keyArn ? null : setup.report } : setup,
    settle: () => (edited ? save('draft') : Promise.resolve(true)),
    step: {
      saver,
      onSave: (how) => void save(how),
      problems: attempt > 0 ? problems : [],
      attempt,
    },
  };
}

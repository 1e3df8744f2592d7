'use client';

import { openQuestion, type SetUpStep, stepNames } from '#lib/byok/aws/set-up-steps.ts';
import type { TestRunner } from '../../../_shared/connection/use-test-run.ts';
import { ConfigurationStep, ShareStep } from './checklist-end.tsx';
import { ChecklistStep } from './checklist-step.tsx';
import type { Guide, GuideDescription } from './guide-description.ts';
import type { PrepareForm } from './use-prepare-step.ts';
import type { Verification } from './use-verification.ts';
import { verificationSaid } from './verification-words.ts';

type ChecklistProps = {
  description: GuideDescription;
  guide: Guide<unknown>;
  verification: Verification;
  test: TestRunner;
};

/** The set-up guide, step by step. A step is verified against AWS or it is not: nobody ticks it. */
export function Checklist({ description, guide, verification, test }: ChecklistProps) {
  const { saved, setup, setUp, form } = guide;
  const busy = verification.run.phase === 'running' || test.run.phase === 'running';
  const shared = { checkable: description.checkable, pages: description.pages(setUp) };

  /** What is verified is what is saved, so that comes first; not while something is verified as it was saved before. */
  async function afterSaving(work: () => Promise<void>): Promise<void> {
    if (!(busy && form.edited) && (await form.settle())) await work();
  }

  return (
    <>
      {saved.checklist.steps.map(({ id, status, record }, at) => {
        const number = at + 1;
        if (id === 'configuration')
          return (
            <ConfigurationStep
              {...shared}
              busy={busy}
              disabledReason={description.missingForAll(setup)}
              edited={form.edited}
              key={id}
              number={number}
              onTest={() => void afterSaving(test.start)}
              report={saved.report}
              run={test.run}
            />
          );
        if (id === 'share') return <ShareStep key={id} keyId={saved.key.id} number={number} />;
        return (
          <ChecklistStep
            {...shared}
            disabledReason={description.missingFor(id, setup)}
            edited={restsOnEdited(id, form)}
            key={id}
            number={number}
            onVerify={(step) => void afterSaving(() => verification.start(step))}
            openQuestion={openQuestion(id, description.known(guide))}
            run={verification.run}
            step={{ id, status, record }}
            title={stepNames[id]}
          >
            {description.body(id, guide)}
          </ChecklistStep>
        );
      })}
      <p aria-live="polite" className="sr-only" role="status">
        {verificationSaid(verification.run)}
      </p>
    </>
  );
}

function restsOnEdited(id: SetUpStep, { arns, choices }: PrepareForm): boolean {
  if (id === 'role') return arns.edited.roleArn;
  if (id === 'key') return arns.edited.roleArn || arns.edited.keyArn;
  return arns.edited.roleArn || arns.edited.keyArn || choices.changed;
}

'use client';

import { LinkButton } from '#components/ui/button.tsx';
import type { SetupView } from '#lib/byok/views.ts';
import { describeSetUp } from './set-up.ts';
import { StepFrame } from './step-frame.tsx';
import { stepHref } from './steps.ts';
import { TestPanel } from './test-panel.tsx';
import { useSaveStep } from './use-save-step.ts';
import { useTestRun } from './use-test-run.ts';

/** Step 4: prove that the key can be used, and by nobody but us. Tests what is saved, and changes nothing. */
export function TestStep({ setup }: { setup: SetupView }) {
  const { run, start } = useTestRun(setup.key.id);
  const saver = useSaveStep(setup, 'test', run.phase === 'running' ? 'cut' : 'free');
  const complete = setup.configuration.keyArn !== '' && setup.configuration.roleArn !== '';

  return (
    <StepFrame
      onNext={(event) => {
        event.preventDefault();
        void saver.save({ step: 'test', values: {} }, 'next');
      }}
      saver={saver}
    >
      <TestPanel
        description="Asks AWS, with the role and the key that you saved. It changes nothing, here or there."
        disabledReason={complete ? null : 'Fill in Connect first.'}
        onStart={() => void start()}
        pages={describeSetUp(setup)?.links ?? null}
        report={setup.report}
        run={run}
      >
        {complete ? null : (
          <p className="mb-2">
            <LinkButton href={stepHref(setup.key.id, 'connect')} size="small">
              Go to Connect
            </LinkButton>
          </p>
        )}
      </TestPanel>
    </StepFrame>
  );
}

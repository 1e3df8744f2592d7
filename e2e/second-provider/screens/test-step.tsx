'use client';

import type { SetupView } from '#lib/byok/setup-views.ts';
import { NextButton, StepFrame } from '../../../app/(admin)/enterprise-key/_setup/step-frame.tsx';
import { useSaveStep } from '../../../app/(admin)/enterprise-key/_setup/use-save-step.ts';
import { TestPanel } from '../../../app/(admin)/enterprise-key/_shared/connection/test-panel.tsx';
import { useTestRun } from '../../../app/(admin)/enterprise-key/_shared/connection/use-test-run.ts';

export function TestSlot({ setup }: { setup: SetupView }) {
  const { configuration, report } = setup;
  const { run, start } = useTestRun(setup.key.id, report);
  const saver = useSaveStep(setup, 'test', run.phase === 'running' ? 'cut' : 'free');
  return (
    <StepFrame
      draft={false}
      next="elsewhere"
      onSave={(how) => void saver.save({ step: 'test', values: {} }, how)}
      saver={saver}
    >
      <TestPanel
        description="Asks the Vault of Tests, with what you saved in the step before."
        disabledReason={configuration.progress.connected ? null : 'Fill in the step Vault first.'}
        next={(passed) => <NextButton saver={saver} variant={passed ? 'primary' : 'secondary'} />}
        onStart={() => void start()}
        pages={null}
        provider={configuration.provider}
        report={report}
        run={run}
      />
    </StepFrame>
  );
}

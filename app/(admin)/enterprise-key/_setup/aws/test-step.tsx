'use client';

import { useState } from 'react';
import { Checkbox } from '#components/form/checkbox.tsx';
import { LinkButton } from '#components/ui/button.tsx';
import { Fold } from '#components/ui/fold.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { describeSetUp } from '../../_shared/aws/set-up.ts';
import { TestPanel } from '../../_shared/connection/test-panel.tsx';
import { useTestRun } from '../../_shared/connection/use-test-run.ts';
import { NextButton, StepFrame } from '../step-frame.tsx';
import { stepHref } from '../steps.ts';
import { useSaveStep } from '../use-save-step.ts';
import { isConnected } from './connected.ts';
import { CreateCustomerKey } from './create-customer-key.tsx';
import { CreatedKeyNote } from './created-key-note.tsx';
import { ScopeReminder } from './scope-reminder.tsx';

/** Step 3: prove that the key can be used, and by nobody but us. Tests what is saved, and changes nothing. */
export function TestStep({ setup }: { setup: SetupView }) {
  const { run, start } = useTestRun(setup.key.id, setup.report);
  const [dataKeyPair, setDataKeyPair] = useState(setup.configuration.dataKeyPair);
  // Decided once: a choice must not fold itself away.
  const [chosenBefore] = useState(dataKeyPair);
  const changed = dataKeyPair !== setup.configuration.dataKeyPair;
  const running = run.phase === 'running';
  const saver = useSaveStep(setup, 'test', changed ? 'ask' : running ? 'cut' : 'free');
  const complete = isConnected(setup.configuration);
  const waits = setup.configuration.createsKey && setup.configuration.keyArn === '';
  const input = { step: 'test', values: { dataKeyPair } } as const;

  /** What is tested is what is saved, so that comes first. */
  async function test(): Promise<void> {
    if (changed && (await saver.save(input, 'draft'))) return;
    await start();
  }

  return (
    <StepFrame next="elsewhere" onSave={(how) => void saver.save(input, how)} saver={saver}>
      <ScopeReminder setup={setup} />
      <TestPanel
        changed={changed}
        description={testWords.about}
        disabledReason={complete ? null : testWords.incomplete}
        next={(passed) => <NextButton saver={saver} variant={passed && !waits ? 'primary' : 'secondary'} />}
        onStart={() => void test()}
        pages={describeSetUp(setup)?.links ?? null}
        provider="aws"
        pending={saver.pending === 'draft'}
        report={setup.report}
        run={run}
        {...(waits ? { works: testWords.butTheKey } : {})}
      >
        {complete ? null : (
          <p className="mt-2">
            <LinkButton href={stepHref(setup, 'service')} size="small">
              {testWords.goTo}
            </LinkButton>
          </p>
        )}
      </TestPanel>
      <CreateCustomerKey
        onCreated={(revision) => {
          saver.saw(revision);
          void start();
        }}
        setup={setup}
        testing={running}
      />
      <CreatedKeyNote setup={setup} />
      <Panel>
        <Fold open={chosenBefore} summary={testWords.more}>
          <Checkbox
            checked={dataKeyPair}
            disabled={running}
            hint={testWords.pair}
            label="Also generate a data key pair"
            onChange={(event) => setDataKeyPair(event.currentTarget.checked)}
          />
        </Fold>
      </Panel>
    </StepFrame>
  );
}

const testWords = {
  about: 'It uses what you saved in the step before.',
  incomplete: 'Fill in the step AWS first.',
  goTo: 'Go to AWS',
  butTheKey: 'Everything but the key works',
  more: 'Test options',
  // https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
  pair: 'Also test data key pairs. Keyward doesn’t need them. Each test then makes one GenerateDataKeyPair call, of which AWS allows fewer a second. The policies then allow kms:GenerateDataKeyPair too.',
} as const;

'use client';

import { useState } from 'react';
import { Checkbox } from '#components/form/checkbox.tsx';
import { LinkButton } from '#components/ui/button.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { describeSetUp } from '../../_shared/aws/set-up.ts';
import { TestPanel } from '../../_shared/connection/test-panel.tsx';
import { useTestRun } from '../../_shared/connection/use-test-run.ts';
import { StepFrame } from '../step-frame.tsx';
import { stepHref } from '../steps.ts';
import { useSaveStep } from '../use-save-step.ts';
import { isConnected } from './connected.ts';
import { CreateCustomerKey } from './create-customer-key.tsx';
import { CreatedKeyNote } from './created-key-note.tsx';
import { ScopeReminder } from './scope-reminder.tsx';

/** Step 4: prove that the key can be used, and by nobody but us. Tests what is saved, and changes nothing. */
export function TestStep({ setup }: { setup: SetupView }) {
  const { run, start } = useTestRun(setup.key.id, setup.report);
  const [dataKeyPair, setDataKeyPair] = useState(setup.configuration.dataKeyPair);
  const changed = dataKeyPair !== setup.configuration.dataKeyPair;
  const running = run.phase === 'running';
  const saver = useSaveStep(setup, 'test', changed ? 'ask' : running ? 'cut' : 'free');
  const complete = isConnected(setup.configuration);
  const input = { step: 'test', values: { dataKeyPair } } as const;

  /** What is tested is what is saved, so that comes first. */
  async function test(): Promise<void> {
    if (changed && (await saver.save(input, 'draft'))) return;
    await start();
  }

  return (
    <StepFrame onSave={(how) => void saver.save(input, how)} saver={saver}>
      <ScopeReminder setup={setup} />
      <TestPanel
        changed={changed}
        description="Asks AWS, with what you saved in Connect. It changes nothing, here or there."
        disabledReason={complete ? null : 'Fill in Connect first.'}
        onStart={() => void test()}
        pages={describeSetUp(setup)?.links ?? null}
        provider="aws"
        pending={saver.pending === 'draft'}
        report={setup.report}
        run={run}
      >
        <div className="mb-3">
          <Checkbox
            checked={dataKeyPair}
            disabled={running}
            hint={pairHint}
            label="Also generate a data key pair"
            onChange={(event) => setDataKeyPair(event.currentTarget.checked)}
          />
        </div>
        {complete ? null : (
          <p className="mb-2">
            <LinkButton href={stepHref(setup.key.id, 'connect')} size="small">
              Go to Connect
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
    </StepFrame>
  );
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html */
const pairHint =
  'Proves that pairs work where your rules ask for it: test data is encrypted with the public key and decrypted with the ' +
  'private one. Keyward itself needs none. It takes one GenerateDataKeyPair call per test, of which AWS allows your account ' +
  'far fewer a second than of other calls, and the policies then allow kms:GenerateDataKeyPair too.';

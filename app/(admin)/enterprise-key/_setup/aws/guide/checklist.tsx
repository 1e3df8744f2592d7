'use client';

import { openQuestion, type SetUpStep, stepNames, type VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { TestRunner } from '../../../_shared/connection/use-test-run.ts';
import { isConnected } from '../connected.ts';
import { type BodyProps, roleBodies } from './checklist-bodies.tsx';
import { ConfigurationStep, ShareStep } from './checklist-end.tsx';
import { ChecklistStep } from './checklist-step.tsx';
import type { PrepareForm } from './use-prepare-step.ts';
import type { Verification } from './use-verification.ts';
import { verificationSaid } from './verification-words.ts';

type ChecklistProps = Omit<BodyProps, 'arns' | 'tried'> & {
  /** As it is saved: what is verified. */
  saved: SetupView;
  form: PrepareForm;
  verification: Verification;
  test: TestRunner;
};

/** The set-up guide, step by step. A step is verified against AWS or it is not: nobody ticks it. */
export function Checklist({ saved, form, verification, test, ...body }: ChecklistProps) {
  const { arns, settle } = form;
  const { steps } = saved.checklist;
  const busy = verification.run.phase === 'running' || test.run.phase === 'running';

  /** What is verified is what is saved, so that comes first. */
  async function afterSaving(work: () => Promise<void>): Promise<void> {
    if (!busy && (await settle())) await work();
  }

  return (
    <>
      <Progress steps={steps} />
      {steps.map(({ id, status, record }, at) => {
        const number = at + 1;
        if (id === 'configuration')
          return (
            <ConfigurationStep
              busy={busy}
              disabledReason={missingForAll(body.setup)}
              edited={form.edited}
              key={id}
              number={number}
              onTest={() => void afterSaving(test.start)}
              pages={body.setUp.links}
              report={saved.report}
              run={test.run}
            />
          );
        if (id === 'share') return <ShareStep key={id} keyId={saved.key.id} number={number} />;
        const Body = roleBodies[id];
        return (
          <ChecklistStep
            disabledReason={missingFor(id, body.setup)}
            edited={restsOnEdited(id, form)}
            key={id}
            number={number}
            onVerify={(step) => void afterSaving(() => verification.start(step))}
            openQuestion={openQuestion(id, {
              authMode: 'assume-role',
              roleArn: body.setUp.roleArn,
              keyArn: arns.given.keyArn,
              keyPrincipal: body.setUp.shape.keyPrincipal,
            })}
            pages={body.setUp.links}
            run={verification.run}
            step={{ id, status, record }}
            title={stepNames[id]}
          >
            {Body ? <Body {...body} arns={arns} tried={form.tried} /> : null}
          </ChecklistStep>
        );
      })}
      <p aria-live="polite" className="sr-only" role="status">
        {verificationSaid(verification.run)}
      </p>
    </>
  );
}

/** Those that can be verified by themselves, and the configuration as a whole. */
function Progress({ steps }: { steps: SetupView['checklist']['steps'] }) {
  const verifiable = steps.filter(({ id }) => id !== 'share');
  const done = verifiable.filter(({ status }) => status === 'verified' || status === 'partly').length;
  return (
    <div className="mb-3">
      <h3 className="font-semibold text-[0.9375rem]">The set-up, step by step</h3>
      <p className="text-ink-2">
        {`${done} of ${verifiable.length} verified. Verify each as you go: AWS is asked, and nothing there is changed.`}
      </p>
    </div>
  );
}

function restsOnEdited(id: SetUpStep, { arns, choices }: PrepareForm): boolean {
  if (id === 'role') return arns.edited.roleArn;
  if (id === 'key') return arns.edited.roleArn || arns.edited.keyArn;
  return arns.edited.roleArn || arns.edited.keyArn || choices.changed;
}

function missingFor(id: VerifiableStep, { configuration }: SetupView): string | null {
  if (id === 'role' || configuration.keyArn.trim() !== '') return null;
  if (configuration.createsKey) return 'Verify this once Keyward has created the key.';
  return id === 'key' ? 'Paste its ARN below first.' : 'Paste the key’s ARN in step 2 first.';
}

function missingForAll({ configuration }: SetupView): string | null {
  const { keyArn, roleArn } = configuration;
  const known = keyArn.trim() !== '' && roleArn.trim() !== '';
  return known || isConnected(configuration) ? null : 'Paste the key’s ARN in step 2 first.';
}

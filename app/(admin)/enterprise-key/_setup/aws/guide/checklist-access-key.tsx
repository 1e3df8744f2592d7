'use client';

import type { ReactNode } from 'react';
import { openQuestion, type SetUpStep, stepNames, type VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { useTestRun } from '../../../_shared/connection/use-test-run.ts';
import { isConnected } from '../connected.ts';
import { ConfigurationStep, ShareStep } from './checklist-end.tsx';
import { ChecklistStep } from './checklist-step.tsx';
import { useVerification } from './use-verification.ts';
import { verificationSaid } from './verification-words.ts';

/** The same checklist with an access key: what the parts above have made, verified one by one once the access key is stored. */
export function AccessKeyChecklist({ setup }: { setup: SetupView }) {
  const { configuration, checklist, report, key } = setup;
  const verification = useVerification(key.id);
  const test = useTestRun(key.id, report);
  const busy = verification.run.phase === 'running' || test.run.phase === 'running';
  const { accessKeyId, hasSecret, keyArn } = configuration;
  const missing = (id: SetUpStep) => {
    if (accessKeyId === '' || !hasSecret) return 'Enter the access key in Connect first.';
    return id === 'user' || keyArn !== '' ? null : 'Enter the key in Connect first.';
  };
  return (
    <>
      {checklist.steps.map(({ id, status, record }, at) => {
        const number = at + 1;
        if (id === 'configuration')
          return (
            <ConfigurationStep
              busy={busy}
              checkable={false}
              disabledReason={isConnected(configuration) ? null : 'Fill in Connect first.'}
              edited={false}
              key={id}
              number={number}
              onTest={() => void test.start()}
              pages={null}
              report={report}
              run={test.run}
            />
          );
        if (id === 'share') return <ShareStep key={id} keyId={key.id} number={number} />;
        return (
          <ChecklistStep
            checkable={false}
            disabledReason={missing(id)}
            edited={false}
            key={id}
            number={number}
            onVerify={(step) => void verification.start(step)}
            openQuestion={openQuestion(id, { authMode: 'access-key', roleArn: '', keyArn, keyPrincipal: 'role' })}
            pages={null}
            run={verification.run}
            step={{ id, status, record }}
            title={stepNames[id]}
          >
            {bodies[id]}
          </ChecklistStep>
        );
      })}
      <p aria-live="polite" className="sr-only" role="status">
        {verificationSaid(verification.run)}
      </p>
    </>
  );
}

const bodies: Partial<Record<VerifiableStep, ReactNode>> = {
  user: <p>Parts A and C: AWS tells whose the access key is.</p>,
  key: <p>Part B: the key is there, enabled, and for encryption and decryption.</p>,
  permission: (
    <p>The policy of part A, action by action. Encrypt and Decrypt are enough; of the others a denial is a warning.</p>
  ),
};

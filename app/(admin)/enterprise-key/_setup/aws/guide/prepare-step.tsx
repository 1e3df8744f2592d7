'use client';

import { LinkButton } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { useTestRun } from '../../../_shared/connection/use-test-run.ts';
import { StepFrame } from '../../step-frame.tsx';
import { stepHref } from '../../steps.ts';
import { awsModes } from '../modes.ts';
import { isUnreachable, ServiceRoleNote } from '../service-role-note.tsx';
import { Checklist } from './checklist.tsx';
import type { GuideDescription } from './guide-description.ts';
import { OutgoingIps } from './outgoing-ips.tsx';
import { usePrepareStep } from './use-prepare-step.ts';
import { useVerification } from './use-verification.ts';

/** Step 2: what somebody does in AWS who has nothing there yet, in an order that works, each step verified by itself. */
export function PrepareStep({ setup }: { setup: SetupView }) {
  const { authMode } = setup.configuration;
  return <Prepare description={awsModes[authMode].guide} key={authMode} setup={setup} />;
}

function Prepare({ setup, description }: { setup: SetupView; description: GuideDescription }) {
  const verification = useVerification(setup.key.id);
  const test = useTestRun(setup.key.id, setup.report);
  const busy = verification.run.phase === 'running' || test.run.phase === 'running';
  const form = usePrepareStep(setup, busy, description);
  const setUp = description.describe(form.shown);
  if (isUnreachable(setup) || !setUp)
    return (
      <StepFrame {...form.step}>
        {isUnreachable(setup) ? (
          <ServiceRoleNote region={setup.configuration.region} setup={setup} />
        ) : (
          <Callout title={description.missing} tone="warn">
            <p>The policies shown here have your own values in them, so those are needed first.</p>
            <LinkButton href={stepHref(setup.key.id, 'provider')}>Go to Provider</LinkButton>
          </Callout>
        )}
      </StepFrame>
    );
  const guide = { saved: setup, setup: form.shown, setUp, form };
  return (
    <StepFrame {...form.step}>
      {description.above(guide)}
      <Checklist description={description} guide={guide} test={test} verification={verification} />
      {description.below?.(guide)}
      <OutgoingIps outgoingIps={setup.outgoingIps} />
    </StepFrame>
  );
}

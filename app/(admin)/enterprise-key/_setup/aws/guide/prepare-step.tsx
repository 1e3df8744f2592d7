'use client';

import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import type { PolicyKind } from '#lib/byok/aws/policy-checker/policy-shape.ts';
import { type KitValues, kitFileName } from '#lib/byok/aws/setup-artefacts/kit-values.ts';
import { mayBeWide } from '#lib/byok/checklist.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { noteNarrowed } from '../../../_shared/aws/actions.ts';
import { describeSetUp, type SetUp } from '../../../_shared/aws/set-up.ts';
import { useTestRun } from '../../../_shared/connection/use-test-run.ts';
import { saveFile } from '../../../_shared/save-file.ts';
import { StepFrame } from '../../step-frame.tsx';
import { stepHref } from '../../steps.ts';
import { handOver } from '../hand-over/hand-over.ts';
import { isUnreachable, ServiceRoleNote } from '../service-role-note.tsx';
import { Checklist } from './checklist.tsx';
import { ChecklistExchange } from './checklist-exchange.tsx';
import { OutgoingIps } from './outgoing-ips.tsx';
import { PolicyChoices } from './policy-choices.tsx';
import { SetUpDoctor } from './set-up-doctor.tsx';
import { SetUpFile } from './set-up-file.tsx';
import { SetUpTabs, useSetUpFormat } from './set-up-tabs.tsx';
import { doctorValuesOf, kitValuesOf, stackUrl } from './set-up-values.ts';
import { type PrepareForm, usePrepareStep } from './use-prepare-step.ts';
import { useVerification } from './use-verification.ts';

/** Step 2: what somebody does in AWS who has nothing there yet, in an order that works, each step verified by itself. */
export function PrepareStep({ setup }: { setup: SetupView }) {
  const verification = useVerification(setup.key.id);
  const test = useTestRun(setup.key.id, setup.report);
  const busy = verification.run.phase === 'running' || test.run.phase === 'running';
  const form = usePrepareStep(setup, busy);
  const setUp = describeSetUp(form.shown);
  if (isUnreachable(setup) || !setUp)
    return (
      <StepFrame {...form.step}>
        {isUnreachable(setup) ? (
          <ServiceRoleNote region={setup.configuration.region} setup={setup} />
        ) : (
          <NotYet keyId={setup.key.id} />
        )}
      </StepFrame>
    );
  // A file for a key that Keyward is to create, or that is known by an alias alone, would make another one.
  const values = setUp.complete ? kitValuesOf(form.shown, setUp) : null;
  const given = { saved: setup, setup: form.shown, setUp, form, verification, test };
  return (
    <StepFrame {...form.step}>
      {values ? <HandOver setup={form.shown} setUp={setUp} values={values} /> : null}
      <ChecklistExchange region={setUp.region} setup={setup} />
      <PolicyChoices choices={form.choices} setup={setup} />
      <Guide {...given} values={values} />
      <Doctor setUp={setUp} setup={form.shown} />
      <OutgoingIps outgoingIps={setup.outgoingIps} />
    </StepFrame>
  );
}

function HandOver({ setup, setUp, values }: { setup: SetupView; setUp: SetUp; values: KitValues }) {
  const fileName = kitFileName(values, 'aws-set-up.md');
  return (
    <Callout title="Not you who administers AWS?">
      <p>
        Hand all of this over as one file. It has every value in it and needs no account here.
        {setUp.roleAccountId === setUp.keyAccountId
          ? ` All of it is done in AWS account ${setUp.roleAccountId}.`
          : ` The role is set up in AWS account ${setUp.roleAccountId}, the key in ${setUp.keyAccountId}: it says which step belongs to which.`}
      </p>
      <p>
        <Button onClick={() => saveFile(fileName, handOver(setup, setUp, values), 'text/markdown')} variant="primary">
          <Download aria-hidden="true" className="size-4" />
          Download for your AWS administrator
        </Button>
      </p>
    </Callout>
  );
}

type GuideProps = {
  saved: SetupView;
  setup: SetupView;
  setUp: SetUp;
  form: PrepareForm;
  verification: ReturnType<typeof useVerification>;
  test: ReturnType<typeof useTestRun>;
  values: KitValues | null;
};

/** By hand each step shows its policy; otherwise one file does them all, and the steps are there to verify it. */
function Guide({ values, ...given }: GuideProps) {
  const [format] = useSetUpFormat();
  const byHand = format === 'json' || !values;
  const nameFile = (ending: string) => (values ? kitFileName(values, ending) : undefined);
  const checklist = <Checklist {...given} byHand={byHand} nameFile={nameFile} />;
  if (!values) return checklist;
  const file = { values, stackHref: stackUrl(given.setup, values) };
  return (
    <>
      <SetUpTabs
        panels={{
          json: <ByHand />,
          cli: <SetUpFile format="cli" {...file} />,
          cloudformation: <SetUpFile format="cloudformation" {...file} />,
          terraform: <SetUpFile format="terraform" {...file} />,
        }}
      />
      {checklist}
    </>
  );
}

function ByHand() {
  return (
    <p className="mb-4.5 text-ink-2">
      By hand, in the AWS console: each step below has its policy with your own values in it, and nothing is left to
      replace.
    </p>
  );
}

/** A permission policy in which nothing is found names this key alone: then nobody has to be reminded any more. */
function Doctor({ setup, setUp }: { setup: SetupView; setUp: SetUp }) {
  const router = useRouter();
  const values = doctorValuesOf(setup, setUp);
  if (!values) return null;
  const reminded = mayBeWide(setup.checklist.scope) && values.keyArn !== null;
  async function sound(kind: PolicyKind): Promise<void> {
    if (kind !== 'permission' || !reminded) return;
    const answer = await noteNarrowed(setup.key.id, 'checked').catch(() => null);
    if (answer?.ok) router.refresh();
  }
  return <SetUpDoctor onSound={(kind) => void sound(kind)} values={values} />;
}

function NotYet({ keyId }: { keyId: string }) {
  return (
    <Callout title="First say which account and region the key is to be in." tone="warn">
      <p>The policies shown here have your own values in them, so those are needed first.</p>
      <LinkButton href={stepHref(keyId, 'provider')}>Go to Provider</LinkButton>
    </Callout>
  );
}

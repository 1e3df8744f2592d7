'use client';

import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button } from '#components/ui/button.tsx';
import { Callout } from '#components/ui/callout.tsx';
import type { PolicyKind } from '#lib/byok/aws/policy-checker/policy-shape.ts';
import { mayBeWide } from '#lib/byok/aws/policy-scope.ts';
import { artefactFileName } from '#lib/byok/aws/setup-artefacts/artefact-values.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { noteNarrowed } from '../../../_shared/aws/actions.ts';
import type { SetUp } from '../../../_shared/aws/set-up.ts';
import { saveFile } from '../../../_shared/save-file.ts';
import { handOver } from '../hand-over/hand-over.ts';
import type { Guide } from './guide-description.ts';
import { SetUpChecker } from './set-up-checker.tsx';
import { SetUpFile } from './set-up-file.tsx';
import { SetUpTabs } from './set-up-tabs.tsx';
import { artefactOf, checkerValuesOf, stackUrl } from './set-up-values.ts';

export function HandOver({ setup, setUp }: Guide<SetUp>) {
  const values = artefactOf(setup, setUp);
  if (!values) return null;
  const fileName = artefactFileName(values, 'aws-set-up.md');
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

/** By hand each step shows its policy; otherwise one file does them all, and the steps are there to verify it. */
export function WaysToSetUp({ setup, setUp }: Guide<SetUp>) {
  const values = artefactOf(setup, setUp);
  if (!values) return null;
  const file = { values, stackHref: stackUrl(setup, values) };
  return (
    <SetUpTabs
      panels={{
        json: <ByHand />,
        cli: <SetUpFile format="cli" {...file} />,
        cloudformation: <SetUpFile format="cloudformation" {...file} />,
        terraform: <SetUpFile format="terraform" {...file} />,
      }}
    />
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

/** Those that can be verified by themselves, and the configuration as a whole. */
export function Progress({ steps }: { steps: SetupView['checklist']['steps'] }) {
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

/** A permission policy in which nothing is found names this key alone: then nobody has to be reminded any more. */
export function Checker({ setup, setUp }: Guide<SetUp>) {
  const router = useRouter();
  const values = checkerValuesOf(setup, setUp);
  if (!values) return null;
  const reminded = mayBeWide(setup.checklist.scope) && values.keyArn !== null;
  async function sound(kind: PolicyKind): Promise<void> {
    if (kind !== 'permission' || !reminded) return;
    const answer = await noteNarrowed(setup.key.id, 'checked').catch(() => null);
    if (answer?.ok) router.refresh();
  }
  return <SetUpChecker onSound={(kind) => void sound(kind)} values={values} />;
}

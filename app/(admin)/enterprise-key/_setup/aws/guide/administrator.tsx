'use client';

import { Download } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { late } from '#components/ui/late.tsx';
import { NotLoaded } from '#components/ui/not-loaded.tsx';
import { mayBeWide } from '#lib/byok/aws/policy-breadth.ts';
import type { PolicyKind } from '#lib/byok/aws/policy-checker/policy-shape.ts';
import { artefactFileName } from '#lib/byok/aws/setup-artefacts/artefact-values.ts';
import { noteNarrowed } from '../../../_shared/aws/actions.ts';
import type { SetUp } from '../../../_shared/aws/set-up.ts';
import { saveFile } from '../../../_shared/save-file.ts';
import { awsWords } from '../aws-words.ts';
import type { Guide } from './guide-description.ts';
import { SetUpTabs } from './set-up-tabs.tsx';
import { artefactOf, checkerValuesOf, stackUrl } from './set-up-values.ts';

/** Each is loaded once it is wanted. */
const SetUpFile = late(() => import('./set-up-file.tsx').then((loaded) => loaded.SetUpFile), Loading);
const SetUpChecker = late(() => import('./set-up-checker.tsx').then((loaded) => loaded.SetUpChecker), Loading);

/** By hand each step shows its policy; otherwise one file does them all, and the steps are there to verify it. */
export function WaysToSetUp({ setup, setUp }: Guide<SetUp>) {
  const values = artefactOf(setup, setUp);
  if (!values) return null;
  const file = { values, stackHref: stackUrl(setup, values) };
  return (
    <SetUpTabs
      actions={<HandOver setUp={setUp} setup={setup} />}
      panels={{
        json: null,
        cli: <SetUpFile format="cli" {...file} />,
        cloudformation: <SetUpFile format="cloudformation" {...file} />,
        terraform: <SetUpFile format="terraform" {...file} />,
      }}
    />
  );
}

/** All of it as one file, for somebody who needs no account here. */
function HandOver({ setup, setUp }: Pick<Guide<SetUp>, 'setup' | 'setUp'>) {
  const values = artefactOf(setup, setUp);
  const [failed, setFailed] = useState(false);
  if (!values) return null;
  async function download(): Promise<void> {
    if (!values) return;
    const loaded = await import('../hand-over/hand-over.ts').catch(() => null);
    setFailed(loaded === null);
    if (!loaded) return;
    const { handOver } = loaded;
    saveFile(artefactFileName(values, 'aws-set-up.md'), handOver(setup, setUp, values), 'text/markdown');
  }
  return (
    <div>
      <p className="mb-1 text-[0.8125rem] text-ink-2">{awsWords.someoneElse}</p>
      <Button onClick={() => void download()} size="small">
        <Download aria-hidden="true" className="size-4" />
        {awsWords.handOver}
      </Button>
      {failed ? <NotLoaded /> : null}
    </div>
  );
}

/** A permission policy in which nothing is found names this key alone: then nobody has to be reminded any more. */
export function CheckerOf({ saved, setup, setUp }: Guide<SetUp>) {
  const router = useRouter();
  const values = checkerValuesOf(setup, setUp);
  if (!values) return null;
  const reminded = mayBeWide(saved.checklist.scope) && values.keyArn !== null;
  async function sound(kind: PolicyKind): Promise<void> {
    if (kind !== 'permission' || !reminded) return;
    const answer = await noteNarrowed(saved.key.id, 'checked').catch(() => null);
    if (answer?.ok) router.refresh();
  }
  return <SetUpChecker onSound={(kind) => void sound(kind)} values={values} />;
}

function Loading() {
  return <p aria-busy="true">{awsWords.loading}</p>;
}

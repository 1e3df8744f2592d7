import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { listSelectableApps } from '#lib/operations/apps/list-selectable-apps.ts';
import { readSetup } from '#lib/operations/setup/read-setup.ts';
import { ActionErrorNotice } from '../../../../../_shared/refusal/action-error-notice.tsx';
import { Refused } from '../../../../../_shared/refusal/refused.tsx';
import { setUpScreensOf } from '../../../_providers/set-up-screens.ts';
import { AppsStep } from '../../../_setup/apps-step.tsx';
import { ConfigurationTypeStep } from '../../../_setup/configuration-type-step.tsx';
import { ConnectStep } from '../../../_setup/connect-step.tsx';
import { DateStep } from '../../../_setup/date-step.tsx';
import { ReviewStep } from '../../../_setup/review-step.tsx';
import { findStep, type StepId, stepHref } from '../../../_setup/steps.ts';
import { WizardFrame } from '../../../_setup/wizard-frame.tsx';

type Props = { params: Promise<{ keyId: string; step: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: findStep((await params).step)?.title ?? 'Set-up' };
}

export default async function SetupPage({ params }: Props) {
  const { keyId, step } = await params;
  const found = findStep(step);
  if (!found) notFound();
  const setup = await readSetup(await currentCaller(), { keyId });
  if (!setup.ok) return <Refused error={setup.error} path={stepHref(keyId, found.id)} title={found.title} />;
  return (
    <WizardFrame setup={setup.data} step={found.id}>
      <Step id={found.id} setup={setup.data} />
    </WizardFrame>
  );
}

function Step({ id, setup }: { id: StepId; setup: SetupView }) {
  const { Prepare, Test } = setUpScreensOf(setup.configuration);
  switch (id) {
    case 'provider':
      return <ConfigurationTypeStep setup={setup} />;
    case 'prepare':
      return <Prepare setup={setup} />;
    case 'connect':
      return <ConnectStep setup={setup} />;
    case 'test':
      return <Test setup={setup} />;
    case 'date':
      return <DateStep setup={setup} />;
    case 'apps':
      return <Apps setup={setup} />;
    case 'review':
      return <ReviewStep setup={setup} />;
  }
}

/** The only step that needs more than the set-up itself: all apps and bots, up to ten thousand. */
async function Apps({ setup }: { setup: SetupView }) {
  const apps = await listSelectableApps(await currentCaller(), { keyId: setup.key.id });
  if (!apps.ok) return <ActionErrorNotice actionError={apps.error} />;
  return <AppsStep apps={apps.data} setup={setup} />;
}

import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { currentCaller } from '#lib/auth/current-caller.ts';
import { isProvider, providers } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { listSelectableApps } from '#lib/operations/apps/list-selectable-apps.ts';
import { readSetup } from '#lib/operations/setup/read-setup.ts';
import { ActionErrorNotice } from '../../../../../_shared/refusal/action-error-notice.tsx';
import { Refused } from '../../../../../_shared/refusal/refused.tsx';
import { setUpScreensOf } from '../../../_providers/set-up-screens.ts';
import { ConfigurationTypeStep, ReviewStep, ScheduleStep } from '../../../_setup/late-steps.tsx';
import { timeZones } from '../../../_setup/schedule/time-zones.ts';
import { findStep, namedSteps, type StepId, segmentOf, stepHref } from '../../../_setup/steps.ts';
import { WizardFrame } from '../../../_setup/wizard-frame.tsx';

type Props = { params: Promise<{ keyId: string; step: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: nameOf((await params).step) };
}

export default async function SetupPage({ params }: Props) {
  const { keyId, step } = await params;
  const found = findStep(step);
  if (!found) notFound();
  const setup = await readSetup(await currentCaller(), { keyId });
  if (!setup.ok)
    return <Refused error={setup.error} path={`/enterprise-key/${keyId}/setup/${step}`} title={nameOf(step)} />;
  // An address of before, or of another provider's step.
  if (step !== segmentOf(found, setup.data.configuration.provider)) redirect(stepHref(setup.data, found));
  return (
    <WizardFrame setup={setup.data} step={found}>
      <Step id={found} setup={setup.data} />
    </WizardFrame>
  );
}

function Step({ id, setup }: { id: StepId; setup: SetupView }) {
  const { Service, Test } = setUpScreensOf(setup.configuration);
  switch (id) {
    case 'provider':
      return <ConfigurationTypeStep setup={setup} />;
    case 'service':
      return <Service setup={setup} />;
    case 'test':
      return <Test setup={setup} />;
    case 'schedule':
      return <Schedule setup={setup} />;
    case 'review':
      return <ReviewStep setup={setup} />;
  }
}

/** The only step that needs more than the set-up itself: all apps and bots, up to ten thousand, and the zones of the world. */
async function Schedule({ setup }: { setup: SetupView }) {
  const apps = await listSelectableApps(await currentCaller(), { keyId: setup.key.id });
  if (!apps.ok) return <ActionErrorNotice actionError={apps.error} />;
  return <ScheduleStep apps={apps.data} setup={setup} zones={timeZones()} />;
}

/** As far as an address tells: of which key it is, is not known yet. */
function nameOf(segment: string): string {
  if (isProvider(segment)) return providers[segment].words.shortName;
  const found = findStep(segment);
  return found === undefined || found === 'service' ? 'Set-up' : namedSteps[found];
}

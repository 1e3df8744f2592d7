import type { ReactNode } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { providers } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { DiscardButton } from '../_shared/discard-button.tsx';
import { StepHeading } from '../_shared/step-heading.tsx';
import { StepList } from './step-list.tsx';
import { type StepId, stepStates, titleOf } from './steps.ts';

const intros = {
  provider: 'Where your key lives, and how we come to it.',
  connect: 'Tell us which key it is, and as whom we reach it.',
  test: 'Prove that the key works, and that nobody but us can use it in your name.',
  date: 'From when the key is to protect your data.',
  apps: 'What the key is to protect. All apps and bots are selected at first.',
  review: 'Everything once more, before it counts.',
} as const satisfies Record<Exclude<StepId, 'prepare'>, string>;

function prepareIntro(service: string): string {
  return `What to set up in ${service}, in an order that works. Nothing here is sent to ${service} by us.`;
}

/** What every step stands in: the heading, the list of steps, and what is special about this set-up. */
export function WizardFrame({ setup, step, children }: { setup: SetupView; step: StepId; children: ReactNode }) {
  const draft = setup.editing === 'draft';
  const { words } = providers[setup.configuration.provider];
  return (
    <>
      <PageHeader
        subtitle={`Connect a key of ${words.yourPlace}. Nothing is encrypted under it before the enforcement date.`}
        title={draft ? 'Create Key' : 'Edit Key'}
      />
      <div className="lg:grid lg:grid-cols-[11.875rem_minmax(0,1fr)] lg:gap-8">
        <StepList states={stepStates(setup, step)} />
        <div className="min-w-0">
          <StepHeading
            intro={step === 'prepare' ? prepareIntro(words.service) : intros[step]}
            key={step}
            title={titleOf(step, setup)}
          />
          <Editing setup={setup} />
          {children}
          {draft ? (
            <div className="mt-6">
              <DiscardButton keyId={setup.key.id} revision={setup.key.revision} what="draft" />
            </div>
          ) : null}
        </div>
      </div>
    </>
  );
}

/** Editing a scheduled key never touches what was tested and scheduled, until the edited copy has passed, too. */
function Editing({ setup }: { setup: SetupView }) {
  switch (setup.editing) {
    case 'draft':
      return null;
    case 'scheduled':
      return (
        <Callout title="This key is scheduled.">
          <p>What was tested stands. Changing anything here makes a working copy beside it.</p>
        </Callout>
      );
    case 'working-copy':
      return (
        <Callout title="You are editing a working copy of a scheduled key." tone="warn">
          <p>What was tested stands until this copy passes its test and you proceed.</p>
          <DiscardButton keyId={setup.key.id} revision={setup.key.revision} what="working-copy" />
        </Callout>
      );
  }
}

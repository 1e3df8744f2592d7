import type { ReactNode } from 'react';
import { Callout } from '#components/ui/callout.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { providers } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { DiscardButton } from '../_shared/discard-button.tsx';
import { StepHeading } from '../_shared/step-heading.tsx';
import { StepList } from './step-list.tsx';
import { type StepId, stepStates, titleOf } from './steps.ts';
import { introOf } from './wizard-words.ts';

/** What every step stands in: the heading, the list of steps, and what is special about this set-up. */
export function WizardFrame({ setup, step, children }: { setup: SetupView; step: StepId; children: ReactNode }) {
  const draft = setup.editing === 'draft';
  const { words } = providers[setup.configuration.provider];
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Enterprise Key', href: '/enterprise-key' }, { label: 'Bring Your Own Key' }]}
        subtitle={
          step === 'provider'
            ? `Connect a key of ${words.yourPlace}. Keyward encrypts nothing with it before the enforcement date.`
            : undefined
        }
        title={draft ? 'Create Key' : 'Edit Key'}
      />
      <div className="lg:grid lg:grid-cols-[10.5rem_minmax(0,1fr)] lg:gap-8">
        <StepList states={stepStates(setup, step)} />
        <div className="min-w-0">
          <StepHeading intro={introOf(step, setup)} key={step} title={titleOf(step, setup)} />
          <Editing setup={setup} />
          {children}
          {draft ? (
            <div className="-ml-3.5 mt-6">
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
          <p>Your tested settings stay in force. A change here makes a working copy.</p>
        </Callout>
      );
    case 'working-copy':
      return (
        <Callout title="You are editing a working copy of a scheduled key." tone="warn">
          <p>The scheduled settings stay in force until this copy passes its test and you proceed.</p>
          <DiscardButton keyId={setup.key.id} revision={setup.key.revision} what="working-copy" />
        </Callout>
      );
  }
}

'use client';

import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Fold } from '#components/ui/fold.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { PolicyHelp } from '../../_shared/aws/policy-help.tsx';
import { StepFrame } from '../step-frame.tsx';
import { PartField, PlaceFieldOf } from './aws-field.tsx';
import { type AwsMode, type Beginning, beginnings } from './aws-mode.ts';
import { awsWords } from './aws-words.ts';
import { BeginningQuestion } from './beginning-question.tsx';
import { DomainField } from './domain-field.tsx';
import type { Opened } from './guide/accordion.tsx';
import { Advanced, type AdvancedSheet } from './guide/advanced.tsx';
import { allVerified, SetUpGuide } from './guide/set-up-guide.tsx';
import { otherTenantsId } from './guide/use-policy-choices.ts';
import { useVerification } from './guide/use-verification.ts';
import { awsModes } from './modes.ts';
import { RegionNote } from './region-note.tsx';
import { isUnreachable, ServiceRoleNote } from './service-role-note.tsx';
import { type AwsForm, useAwsForm } from './use-aws-form.ts';

/** Step 2: which key, and as whom Keyward comes to it; for who has neither yet, how both are set up. */
export function AwsStep({ setup }: { setup: SetupView }) {
  const { authMode } = setup.configuration;
  return <Step key={authMode} mode={awsModes[authMode]} setup={setup} />;
}

function Step({ setup, mode }: { setup: SetupView; mode: AwsMode }) {
  const [told, tell] = useQueryState('with', parseAsStringLiteral(beginnings));
  const [guessed] = useState(() => likelyBeginning(setup));
  const beginning = told ?? guessed;
  const [opened, setOpened] = useState<Opened>(null);
  const [sheet, setSheet] = useState<AdvancedSheet | null>(null);
  const verification = useVerification(setup.key.id);
  const form = useAwsForm(setup, mode, {
    beginning: beginning ?? 'have',
    busy: verification.run.phase === 'running',
    reveal(fieldId) {
      if (fieldId === otherTenantsId) return () => setSheet('options');
      const step =
        beginning === 'set-up' ? mode.guide.steps.find(({ fields }) => fields.some((one) => one === fieldId)) : null;
      return step ? () => setOpened(step.id) : undefined;
    },
  });
  const setUp = mode.guide.describe(form.shown);
  const guide = setUp === null ? null : { mode, saved: setup, setup: form.shown, setUp, form };
  const later = beginning === 'set-up' && !(guide && allVerified(mode.guide, guide, verification));

  return (
    <StepFrame {...form.step} next={beginning === null || later ? 'secondary' : 'primary'}>
      <BeginningQuestion onChoose={(next) => void tell(next)} question={mode.question} value={beginning} />
      {beginning ? <PlaceFields beginning={beginning} form={form} mode={mode} setup={setup} /> : null}
      {isUnreachable(form.shown) ? (
        <ServiceRoleNote region={form.shown.configuration.region} setup={setup} />
      ) : beginning === 'have' ? (
        <HaveBoth form={form} mode={mode} setup={setup} />
      ) : beginning === 'set-up' ? (
        <>
          <SetUpGuide guide={guide} mode={mode} onOpen={setOpened} opened={opened} verification={verification} />
          <Advanced guide={guide} mode={mode} onOpen={setSheet} open={sheet} />
        </>
      ) : null}
    </StepFrame>
  );
}

type FieldsProps = { mode: AwsMode; setup: SetupView; form: AwsForm };

/** Where role and key are, as far as nothing else tells. */
function PlaceFields({ beginning, mode, setup, form }: FieldsProps & { beginning: Beginning }) {
  const asked = mode.asks[beginning];
  if (asked.length === 0) return null;
  const { authMode } = setup.configuration;
  return (
    <Panel className="grid gap-4">
      <div className={asked.length > 1 ? 'grid gap-4 sm:grid-cols-3' : 'grid gap-4 sm:grid-cols-2'}>
        {asked.map((name) => (
          <PlaceFieldOf form={form} key={name} name={name} setup={setup} />
        ))}
        {authMode === 'access-key' ? <DomainField onRegion={(region) => form.type('region', region)} /> : null}
      </div>
      {authMode === 'assume-role' && !isUnreachable(form.shown) ? (
        <ServiceRoleNote region={form.given.region} setup={setup} />
      ) : null}
    </Panel>
  );
}

/** Role and key are there: only their names are asked for, and what they tell is shown back. */
function HaveBoth({ mode, setup, form }: FieldsProps) {
  const policies = mode.policies(form.shown);
  return (
    <>
      <Panel className="grid gap-4">
        {mode.parts.map((part) => (
          <PartField form={form} key={part.name} part={part} setup={setup} />
        ))}
        {mode.asks.have.length === 0 && form.given.keyArn.trim() !== '' ? (
          <p className="text-[0.8125rem] text-ink-2">
            <RegionNote region={form.given.region} tenant={setup.tenant} />
          </p>
        ) : null}
      </Panel>
      {policies ? (
        <div className="mb-4">
          <Fold summary={awsWords.compare}>
            <PolicyHelp help={policies} missing="" />
          </Fold>
        </div>
      ) : null}
    </>
  );
}

/** What somebody began with who comes back: where there is no telling, it is asked. */
function likelyBeginning({ configuration, checklist, savedStep }: SetupView): Beginning | null {
  const { createsKey, keyArn, roleArn, accessKeyId } = configuration;
  const begun = createsKey || checklist.scope !== null || checklist.steps.some(({ record }) => record !== null);
  if (begun) return 'set-up';
  if (keyArn !== '' && (roleArn !== '' || accessKeyId !== '')) return 'have';
  return savedStep === 'prepare' ? 'set-up' : null;
}

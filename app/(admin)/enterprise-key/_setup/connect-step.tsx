'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type ReactNode, useState } from 'react';
import { type Resolver, useForm } from 'react-hook-form';
import { TextField } from '#components/form/text-field.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { formBehaviour } from '../../../_shared/form/beside-fields.ts';
import type { ConnectDescription, ConnectPart } from '../_providers/connect-description.ts';
import { setUpScreensOf } from '../_providers/set-up-screens.ts';
import { SecretField } from '../_shared/connection/secret-field.tsx';
import { Understood } from '../_shared/connection/understood.tsx';
import { StepFrame } from './step-frame.tsx';
import { useSaveStep } from './use-save-step.ts';
import { useStepForm } from './use-step-form.ts';

type Given = Record<string, string>;

/** Step 3: which key, and as whom we reach it, as the provider describes it for the authentication mode. */
export function ConnectStep({ setup }: { setup: SetupView }) {
  const { authMode } = setup.configuration;
  const description = setUpScreensOf(setup.configuration).connect[authMode];
  return description ? <Connect description={description} key={authMode} setup={setup} /> : null;
}

function Connect({ setup, description }: { setup: SetupView; description: ConnectDescription }) {
  const { parts } = description;
  const choice = parts.find((part) => part.kind === 'choice');
  const wasChosen = choice?.saved(setup) ?? false;
  const [chosen, setChosen] = useState(wasChosen);
  const saved = Object.fromEntries(
    parts.flatMap((part) => (part.kind === 'text' ? [[part.name, part.saved(setup)]] : [])),
  );
  const secret = Object.fromEntries(parts.flatMap((part) => (part.kind === 'secret' ? [[part.name, '']] : [])));
  const form = useForm<Given, unknown, Given>({
    resolver: zodResolver(description.schema(setup, chosen)) as unknown as Resolver<Given, unknown, Given>,
    defaultValues: { ...saved, ...secret },
    ...formBehaviour,
  });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(setup, 'connect', isDirty || chosen !== wasChosen ? 'ask' : 'free');
  const step = useStepForm(form, saver, {
    fields: parts.flatMap((part) => (part.kind === 'text' || part.kind === 'secret' ? [part.name] : [])),
    toInput: (values) => ({ step: 'connect', values: { ...values, ...(choice ? { [choice.name]: chosen } : {}) } }),
    // What is stored is stored: it does not stay in the page.
    kept: (values) => ({ ...values, ...secret }),
  });
  const given = form.watch();
  const beside = description.beside?.(setup, given);

  function show(part: ConnectPart<string>): ReactNode {
    if (part.kind === 'shown')
      return (
        <CopyField hint={part.hint} key={part.name} label={part.label} name={part.name} value={part.value(setup)} />
      );
    if (part.kind === 'choice')
      return (
        <part.Choice
          checked={chosen}
          field={part.field}
          key={part.name}
          named={(given[part.insteadOf] ?? '').trim() !== ''}
          onChange={(checked) => {
            setChosen(checked);
            form.clearErrors(part.insteadOf);
          }}
          setup={setup}
        />
      );
    const { name, label } = part;
    const bound = {
      id: name,
      label,
      error: errors[name]?.message,
      // What is pasted often brings a space or a line break along.
      ...form.register(name, { onBlur: () => form.setValue(name, (form.getValues(name) ?? '').trim()) }),
    };
    if (part.kind === 'secret')
      return <SecretField {...bound} hint={part.hint} key={name} stored={part.stored(setup, given)} />;
    return (
      <TextField
        {...bound}
        after={<Understood facts={part.readBack?.(given[name] ?? '', setup) ?? null} />}
        autoComplete="off"
        hint={part.hint?.(setup)}
        key={name}
        mono
        spellCheck={false}
      />
    );
  }

  const panel = <Panel className="grid gap-4.5">{parts.map(show)}</Panel>;
  return (
    <StepFrame {...step}>
      {beside ? (
        <div className="grid items-start gap-x-4.5 xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
          {panel}
          {beside}
        </div>
      ) : (
        panel
      )}
    </StepFrame>
  );
}

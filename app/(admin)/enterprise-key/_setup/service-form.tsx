'use client';

import { type ReactNode, useMemo } from 'react';
import { useForm } from 'react-hook-form';
import { TextField } from '#components/form/text-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { formBehaviour } from '../../../_shared/form/beside-fields.ts';
import { lateResolver } from '../../../_shared/form/late-resolver.ts';
import type { ConnectDescription, ConnectPart } from '../_providers/connect-description.ts';
import { SecretField } from '../_shared/connection/secret-field.tsx';
import { Understood } from '../_shared/connection/understood.tsx';
import { StepFrame } from './step-frame.tsx';
import { useSaveStep } from './use-save-step.ts';
import { useStepForm } from './use-step-form.ts';

type Given = Record<string, string>;

type ServiceFormProps = {
  setup: SetupView;
  description: ConnectDescription;
  /** What is to be set up in the key service first. */
  above?: ReactNode;
};

/** Step 2 of a provider whose connection is a form: what it is, and as whom Keyward comes, as the provider describes it. */
export function ServiceForm({ setup, description, above }: ServiceFormProps) {
  const { parts } = description;
  const saved = Object.fromEntries(
    parts.flatMap((part) => (part.kind === 'text' ? [[part.name, part.saved(setup)]] : [])),
  );
  const secret = Object.fromEntries(parts.flatMap((part) => (part.kind === 'secret' ? [[part.name, '']] : [])));
  const form = useForm<Given, unknown, Given>({
    resolver: useMemo(() => lateResolver<Given>(() => description.schema(setup)), [description, setup]),
    defaultValues: { ...saved, ...secret },
    ...formBehaviour,
  });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(setup, 'service', isDirty ? 'ask' : 'free');
  const step = useStepForm(form, saver, {
    fields: parts.map(({ name }) => name),
    toInput: (values) => ({ step: 'connect', values }),
    // What is stored is stored: it does not stay in the page.
    kept: (values) => ({ ...values, ...secret }),
  });
  const given = form.watch();

  function show(part: ConnectPart<string>): ReactNode {
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

  return (
    <StepFrame {...step}>
      {above}
      <Panel className="grid gap-4.5">{parts.map(show)}</Panel>
    </StepFrame>
  );
}

'use client';

import { useSyncExternalStore } from 'react';
import { type Resolver, type UseFormReturn, useForm } from 'react-hook-form';
import { RadioGroup } from '#components/form/radio-group.tsx';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { enforcementInstant } from '#lib/byok/enforcement.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { formBehaviour } from '../../../_shared/form/beside-fields.ts';
import { aheadWords, ambiguousNote, describeInstant, timeZoneChoices, toLocalDateTime } from './instant-words.ts';
import { StepFrame } from './step-frame.tsx';
import type { StepInput } from './step-input.ts';
import { useSaveStep } from './use-save-step.ts';
import { useStepForm } from './use-step-form.ts';

type Values = { choice: '' | 'now' | 'at'; localDateTime: string; timeZone: string };

const fields = ['choice', 'localDateTime', 'timeZone'] as const;

/** Step 5: from when the key is to protect. The reader's time zone is known in the browser only, so the form is too. */
export function DateStep({ setup }: { setup: SetupView }) {
  const ownZone = useSyncExternalStore(neverChanges, browserZone, noZone);
  return ownZone === null ? (
    <Panel aria-busy="true">Reading your time zone…</Panel>
  ) : (
    <DateForm ownZone={ownZone} setup={setup} />
  );
}

function DateForm({ setup, ownZone }: { setup: SetupView; ownZone: string }) {
  const saved = savedZone(setup);
  const form = useForm<Values>({
    resolver,
    defaultValues: {
      choice: setup.configuration.enforcementChoice,
      localDateTime: toLocalDateTime(setup.configuration.enforcementAt, saved || ownZone),
      timeZone: saved || ownZone,
    },
    ...formBehaviour,
  });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(setup, 'date', isDirty ? 'ask' : 'free');
  const step = useStepForm(form, saver, { fields, toInput });

  return (
    <StepFrame {...step}>
      <Panel className="grid gap-4.5">
        <RadioGroup
          {...form.register('choice')}
          error={errors.choice?.message}
          hint="Until then everything stays under the platform key, and the key can still be edited and tested again."
          id="choice"
          legend="When the key begins to protect"
          options={[
            { value: 'now', label: 'Now', hint: 'As soon as you proceed in Review.' },
            { value: 'at', label: 'At a date and time' },
          ]}
        />
        {form.watch('choice') === 'at' ? <AtFields form={form} zones={timeZoneChoices(ownZone, saved)} /> : null}
      </Panel>
    </StepFrame>
  );
}

function AtFields({ form, zones }: { form: UseFormReturn<Values>; zones: string[] }) {
  return (
    <>
      <div className="grid gap-4.5 sm:grid-cols-2">
        <TextField
          {...form.register('localDateTime')}
          error={form.formState.errors.localDateTime?.message}
          id="localDateTime"
          label="Enforcement Date"
          type="datetime-local"
        />
        <SelectField
          {...form.register('timeZone')}
          error={form.formState.errors.timeZone?.message}
          id="timeZone"
          label="Time Zone"
          options={zones.map((zone) => ({ value: zone, label: zone }))}
        />
      </div>
      <Chosen {...form.watch()} />
    </>
  );
}

/** The instant that was chosen, said in three ways, so that a wrong zone or year is seen. */
function Chosen({ localDateTime, timeZone }: { localDateTime: string; timeZone: string }) {
  const now = new Date();
  const chosen = enforcementInstant(localDateTime, timeZone, now);
  if (!chosen.ok) return null;
  const facts = [
    { label: 'Local', value: describeInstant(chosen.at, timeZone) },
    { label: 'UTC', value: describeInstant(chosen.at, 'UTC') },
    { label: 'From now', value: aheadWords(chosen.at, now) },
  ];
  return (
    <div aria-live="polite">
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        {facts.map(({ label, value }) => (
          <div className="flex gap-1.5" key={label}>
            <dt className="text-ink-2">{label}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      {chosen.note ? <p className="mt-1 text-warn">{ambiguousNote(localDateTime, timeZone)}</p> : null}
    </div>
  );
}

const resolver: Resolver<Values> = (values) => {
  const problem = problemOf(values);
  return problem
    ? { values: {}, errors: { [problem.field]: { type: 'custom', message: problem.message } } }
    : { values, errors: {} };
};

function problemOf({ choice, localDateTime, timeZone }: Values): { field: keyof Values; message: string } | null {
  if (choice === 'now') return null;
  if (choice !== 'at') return { field: 'choice', message: 'Choose Now, or At a date and time.' };
  const chosen = enforcementInstant(localDateTime, timeZone, new Date());
  return chosen.ok ? null : chosen;
}

function toInput({ choice, localDateTime, timeZone }: Values): StepInput {
  return { step: 'date', values: choice === 'at' ? { choice, localDateTime, timeZone } : { choice: 'now' } };
}

/** A zone counts as chosen only together with a date. */
function savedZone({ configuration }: SetupView): string {
  return configuration.enforcementChoice === 'at' ? configuration.timeZone : '';
}

function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function noZone(): null {
  return null;
}

function neverChanges(): () => void {
  return () => {};
}

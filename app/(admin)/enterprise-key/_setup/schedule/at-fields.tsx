'use client';

import { Controller } from 'react-hook-form';
import { ComboboxField } from '#components/form/combobox-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { enforcementInstant } from '#lib/byok/enforcement.ts';
import type { DateFieldsProps } from './date-fields.tsx';
import { aheadWords, ambiguousNote, describeInstant } from './instant-words.ts';
import { scheduleWords } from './schedule-words.ts';
import { timeZoneChoices } from './time-zone-choices.ts';

/** A date and time, in a time zone. */
export function AtFields({ form, zones, own, saved }: DateFieldsProps) {
  const { errors } = form.formState;
  return (
    <>
      <div className="grid gap-4.5 sm:grid-cols-2">
        <TextField
          {...form.register('localDateTime')}
          error={errors.localDateTime?.message}
          id="localDateTime"
          label="Enforcement Date"
          type="datetime-local"
        />
        <Controller
          control={form.control}
          name="timeZone"
          render={({ field }) => (
            <ComboboxField
              error={errors.timeZone?.message}
              id="timeZone"
              label="Time Zone"
              nothing={scheduleWords.noZone}
              onChange={field.onChange}
              options={timeZoneChoices(zones, own, saved)}
              value={field.value}
            />
          )}
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

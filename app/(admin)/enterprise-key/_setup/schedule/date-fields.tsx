'use client';

import type { UseFormReturn } from 'react-hook-form';
import { RadioGroup } from '#components/form/radio-group.tsx';
import { late } from '#components/ui/late.tsx';
import { HelpTerm } from '../../../../_shared/help/help-term.tsx';
import type { DateValues } from './date-values.ts';
import { scheduleWords } from './schedule-words.ts';
import type { TimeZone } from './time-zone-choices.ts';

export type DateFieldsProps = {
  form: UseFormReturn<DateValues>;
  zones: readonly TimeZone[];
  /** The reader's own zone. */
  own: string;
  /** Chosen before; empty where none was. */
  saved: string;
};

/** Whoever begins at once needs no list to search. */
const AtFields = late(
  () => import('./at-fields.tsx').then((loaded) => loaded.AtFields),
  () => <p aria-busy="true">{scheduleWords.readingZones}</p>,
);

export function DateFields(props: DateFieldsProps) {
  const { form } = props;
  return (
    <>
      <RadioGroup
        {...form.register('choice')}
        error={form.formState.errors.choice?.message}
        help={<HelpTerm label={scheduleWords.help} term="enforcement date" />}
        hint={scheduleWords.until}
        id="choice"
        legend={scheduleWords.when}
        options={[
          { value: 'now', label: 'Now', hint: scheduleWords.now },
          { value: 'at', label: 'At a date and time' },
        ]}
      />
      {form.watch('choice') === 'at' ? <AtFields {...props} /> : null}
    </>
  );
}

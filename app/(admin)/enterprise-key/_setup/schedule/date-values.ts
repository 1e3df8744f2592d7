import type { Resolver } from 'react-hook-form';
import { enforcementInstant } from '#lib/byok/enforcement.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { DateInput } from '../step-input.ts';
import { toLocalDateTime } from './local-date-time.ts';

export type DateValues = { choice: '' | 'now' | 'at'; localDateTime: string; timeZone: string };

export const dateFields = ['choice', 'localDateTime', 'timeZone'] as const;

export function initialDate(setup: SetupView, ownZone: string): DateValues {
  const { enforcementChoice: choice, enforcementAt } = setup.configuration;
  const timeZone = savedZone(setup) || ownZone;
  return { choice, localDateTime: toLocalDateTime(enforcementAt, timeZone), timeZone };
}

/** A zone counts as chosen only together with a date. */
export function savedZone({ configuration }: SetupView): string {
  return configuration.enforcementChoice === 'at' ? configuration.timeZone : '';
}

export function toDateInput({ choice, localDateTime, timeZone }: DateValues): DateInput {
  return choice === 'at' ? { choice, localDateTime, timeZone } : { choice: 'now' };
}

export const dateResolver: Resolver<DateValues> = (values) => {
  const problem = problemOf(values);
  return problem
    ? { values: {}, errors: { [problem.field]: { type: 'custom', message: problem.message } } }
    : { values, errors: {} };
};

function problemOf({
  choice,
  localDateTime,
  timeZone,
}: DateValues): { field: keyof DateValues; message: string } | null {
  if (choice === 'now') return null;
  if (choice !== 'at') return { field: 'choice', message: 'Choose Now, or At a date and time.' };
  const chosen = enforcementInstant(localDateTime, timeZone, new Date());
  return chosen.ok ? null : chosen;
}

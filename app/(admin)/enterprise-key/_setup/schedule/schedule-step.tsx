'use client';

import { useState, useSyncExternalStore } from 'react';
import { useForm } from 'react-hook-form';
import { Panel } from '#components/ui/panel.tsx';
import type { SelectableApp, SetupView } from '#lib/byok/setup-views.ts';
import { formBehaviour, showBesideFields } from '../../../../_shared/form/beside-fields.ts';
import { AppsChoice } from '../../_shared/apps-choice/apps-choice.tsx';
import { initialSelection, sameSelection, toSaved } from '../../_shared/apps-choice/apps-selection.ts';
import { selectAllId } from '../../_shared/apps-choice/apps-table.tsx';
import { StepFrame } from '../step-frame.tsx';
import { type SaveHow, useSaveStep } from '../use-save-step.ts';
import { DateFields } from './date-fields.tsx';
import { type DateValues, dateFields, dateResolver, initialDate, savedZone, toDateInput } from './date-values.ts';
import { scheduleWords } from './schedule-words.ts';
import { canonicalName, type TimeZone } from './time-zone-choices.ts';

type ScheduleProps = { setup: SetupView; apps: SelectableApp[]; zones: readonly TimeZone[] };

/** Step 4: from when the key encrypts, and what. The reader's time zone is known in the browser only, so the form is too. */
export function ScheduleStep(props: ScheduleProps) {
  const ownZone = useSyncExternalStore(neverChanges, browserZone, noZone);
  return ownZone === null ? (
    // As tall as the window: what is below the form is not seen to move away.
    <div className="min-h-dvh">
      <Panel aria-busy="true">Reading your time zone…</Panel>
    </div>
  ) : (
    <Schedule {...props} ownZone={canonicalName(props.zones, ownZone)} />
  );
}

function Schedule({ setup, apps, zones, ownZone }: ScheduleProps & { ownZone: string }) {
  const form = useForm<DateValues>({
    resolver: dateResolver,
    defaultValues: initialDate(setup, ownZone),
    ...formBehaviour,
  });
  const [saved, setSaved] = useState(() => initialSelection(apps));
  const [selection, setSelection] = useState(saved);
  const [attempt, setAttempt] = useState({ count: 0, apps: '' });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(setup, 'schedule', isDirty || !sameSelection(saved, selection) ? 'ask' : 'free');

  async function save(how: SaveHow): Promise<void> {
    const count = attempt.count + 1;
    const noApps = selection.size === 0 ? scheduleWords.noApps : '';
    setAttempt({ count, apps: noApps });
    await form.handleSubmit(async (sent) => {
      if (noApps) return;
      const values = { date: toDateInput(sent), apps: toSaved(apps, selection) };
      const actionError = await saver.save({ step: 'schedule', values }, how);
      if (actionError === 'busy') return;
      if (actionError === 'stays' || (actionError === null && how === 'draft')) {
        // What was changed while it was being saved is not saved.
        form.reset({ ...sent }, { keepValues: true });
        setSaved(selection);
      } else if (actionError) {
        showBesideFields(form, dateFields, actionError);
        setAttempt({ count, apps: actionError === 'no-answer' ? '' : (actionError.fields?.apps ?? '') });
      }
    })();
  }

  const wrongDate = dateFields.flatMap((field) => {
    const message = errors[field]?.message;
    return message ? [{ fieldId: field, message }] : [];
  });
  const noApps = attempt.apps && !saver.pending ? [{ fieldId: selectAllId, message: attempt.apps }] : [];
  return (
    <StepFrame
      attempt={attempt.count}
      onSave={(how) => void save(how)}
      problems={attempt.count === 0 ? [] : [...wrongDate, ...noApps]}
      saver={saver}
    >
      <Panel className="grid gap-4.5">
        <DateFields form={form} own={ownZone} saved={savedZone(setup)} zones={zones} />
      </Panel>
      <AppsChoice
        apps={apps}
        description={scheduleWords.apps}
        onChange={(next) => {
          saver.touch();
          setSelection(next);
        }}
        selection={selection}
        title={scheduleWords.appsTitle}
      />
    </StepFrame>
  );
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

'use client';

import type { FormEvent, ReactNode } from 'react';
import { type UseFormReturn, useFormState } from 'react-hook-form';
import { ErrorSummary, type FieldProblem } from '#components/form/error-summary.tsx';
import { Button } from '#components/ui/button.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { ActionErrorNotice } from '../../../../_shared/refusal/action-error-notice.tsx';
import { useFocusOnError } from '../../../../_shared/refusal/use-focus-on-error.ts';
import type { SetUpValues } from '../../_providers/provider-screens.ts';
import { savedWords } from '../../_shared/saved-words.ts';
import type { Rotation } from '../use-rotation.ts';
import { RotationForm } from './rotation-form.tsx';
import type { RotationValues } from './rotation-input.ts';
import type { StoredSecret } from './rotation-mode.ts';
import { rotationModes } from './rotation-modes.ts';

type DraftProps = {
  active: ReactNode;
  /** What is active, where that is in AWS too. */
  from: RotationValues | null;
  setUp: SetUpValues;
  form: UseFormReturn<RotationValues>;
  rotation: Rotation;
  /** Something differs from what is saved. */
  changed: boolean;
  /** Of the access key ID `storedFor`. */
  stored: StoredSecret;
  /** Why it cannot be filled in. */
  locked: string | null;
  onSave: (event: FormEvent) => void;
};

/** What is active beside what it is to be, and what is wrong with that. */
export function RotationDraft({ active, from, setUp, form, rotation, changed, stored, locked, onSave }: DraftProps) {
  const hydrated = useHydrated();
  const notice = useFocusOnError(rotation.saveError);
  const { errors, submitCount } = useFormState({ control: form.control });
  // Before the first try an error stands beside its field only, when the field was left.
  const problems: FieldProblem[] = rotationModes[form.getValues('mode')].fields.flatMap((field) => {
    const message = submitCount > 0 ? errors[field]?.message : undefined;
    return message ? [{ fieldId: field, message }] : [];
  });
  return (
    <form noValidate onSubmit={onSave}>
      <ErrorSummary attempt={submitCount} errors={problems} />
      {problems.length === 0 ? (
        <ActionErrorNotice ref={notice} reload={rotation.lookAgain} actionError={rotation.saveError} />
      ) : null}
      <fieldset className="contents" disabled={!hydrated}>
        <div className="grid items-start gap-x-4.5 xl:grid-cols-[minmax(0,1fr)_minmax(0,1.2fr)]">
          {active}
          <RotationForm form={form} from={from} readOnly={locked !== null} setUp={setUp} stored={stored}>
            <div className="mt-4.5 flex flex-wrap items-center gap-2.5">
              <Button disabledReason={locked} pending={rotation.saving} type="submit">
                Save Draft
              </Button>
              <span className="text-ink-2 tabular-nums" role="status">
                {changed ? null : savedWords(rotation.savedAt)}
              </span>
            </div>
          </RotationForm>
        </div>
      </fieldset>
    </form>
  );
}

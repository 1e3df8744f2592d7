'use client';

import type { ReactNode } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { SetUpValues } from '../../_providers/provider-screens.ts';
import { modeWords } from '../../_shared/aws/mode-words.ts';
import { regionGroups, regionNote } from '../../_shared/aws/region-choices.ts';
import { Understood } from '../../_shared/connection/understood.tsx';
import { describeChange } from './describe-change.ts';
import type { RotationField, RotationValues } from './rotation-input.ts';
import type { StoredSecret } from './rotation-mode.ts';
import { rotationModes } from './rotation-modes.ts';

type FormProps = {
  form: UseFormReturn<RotationValues>;
  /** What is active, where that is in AWS too. */
  from: RotationValues | null;
  setUp: SetUpValues;
  readOnly: boolean;
  stored: StoredSecret;
  /** Beneath the fields. */
  children: ReactNode;
};

/** The key, and the role or access key, that a rotation is to use: filled with what is active, or with what was prepared. */
export function RotationForm({ form, from, setUp, readOnly, stored, children }: FormProps) {
  const given = form.watch();
  const { errors } = form.formState;
  const { above, below, readBack } = rotationModes[given.mode];
  const bind = (name: RotationField) => ({ id: name, error: errors[name]?.message });
  const text = (name: Exclude<RotationField, 'region'>) => ({
    ...bind(name),
    autoComplete: 'off',
    mono: true,
    readOnly,
    spellCheck: false,
    // What is pasted often brings a space or a line break along.
    ...form.register(name, { onBlur: () => form.setValue(name, form.getValues(name).trim()) }),
  });
  return (
    <Panel aria-labelledby="rotate-to">
      <PanelHeader description={describeChange(from, given)} id="rotate-to" title="Rotate to" />
      <div className="grid gap-4.5">
        {above?.({ given, stored, text })}
        <TextField
          {...text('keyArn')}
          after={<Understood facts={readBack(given)} />}
          hint={`The key’s ARN, an alias ARN, or a key ID in ${given.region || 'the region that you chose'}.`}
          label={modeWords[given.mode].keyField}
        />
        {below?.({ given, stored, text })}
        <SelectField
          {...bind('region')}
          {...form.register('region')}
          disabled={readOnly}
          hint={regionNote(given.region, setUp.tenant)}
          label="AWS Region"
          options={regionGroups(setUp.tenant)}
          placeholder="Choose a region"
        />
      </div>
      {children}
    </Panel>
  );
}

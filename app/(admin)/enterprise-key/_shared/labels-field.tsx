import type { ComponentProps } from 'react';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { anyService } from '#lib/byok/providers.ts';

/** Tags of the key as they are kept here, one a line. What the provider says of the key's own tags is shown after a test. */
export function LabelsField(props: Omit<ComponentProps<typeof TextareaField>, 'label' | 'hint' | 'optional'>) {
  return (
    <TextareaField
      {...props}
      autoComplete="off"
      hint={`One per line, as key=value, at most 50. They help you find the key here, and change nothing in ${anyService}.`}
      label="Tags"
      optional
      spellCheck={false}
    />
  );
}

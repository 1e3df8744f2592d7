'use client';

import { SelectField } from '#components/form/select-field.tsx';
import { providerList } from '#lib/byok/providers.ts';

/** `none`: the platform key protects the data; else the provider whose key does. */
export type ConfigurationType = 'none' | (typeof providerList)[number]['id'];

type TypeProps = {
  value: ConfigurationType;
  onChange: (value: ConfigurationType) => void;
  hint: string;
  /** Why it cannot be chosen; shown in place of the hint. */
  disabledReason?: string | null;
};

const options = [
  { value: 'none', label: 'None' },
  ...providerList.map(({ id, keyType }) => ({ value: id, label: keyType })),
] as const;

/** Whether a key of one's own protects the data, and of which kind. Choosing alone changes nothing: what follows is shown first. */
export function ConfigurationTypeField({ value, onChange, hint, disabledReason = null }: TypeProps) {
  return (
    <SelectField
      disabled={disabledReason !== null}
      hint={disabledReason ?? hint}
      label="Key Configuration Type"
      onChange={(event) => onChange(options.find((one) => one.value === event.currentTarget.value)?.value ?? 'none')}
      options={options}
      value={value}
    />
  );
}

export function typeName(provider: string): string {
  return options.find(({ value }) => value === provider)?.label ?? 'None';
}

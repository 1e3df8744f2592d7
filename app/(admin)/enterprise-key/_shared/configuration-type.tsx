'use client';

import { SelectField } from '#components/form/select-field.tsx';
import { providerList } from '#lib/byok/providers.ts';

/** `none`: the platform key protects the data; else the provider whose key does. */
export type ConfigurationType = 'none' | (typeof providerList)[number]['id'];

/** Of a key that stands: `unknown` where this version does not know its provider. */
export type StandingType = ConfigurationType | 'unknown';

export function typeOf(provider: string): StandingType {
  return options.find(({ value }) => value === provider)?.value ?? 'unknown';
}

type TypeProps = {
  value: StandingType;
  onChange: (value: ConfigurationType) => void;
  hint: string;
  /** Why it cannot be chosen; shown in place of the hint. */
  disabledReason?: string | null;
};

const options = [
  { value: 'none', label: 'None' },
  ...providerList.map(({ id, keyType }) => ({ value: id, label: keyType })),
] as const;

const unknown = { value: 'unknown', label: 'Not known to this version' } as const;

/** Whether a key of one's own protects the data, and of which kind. Choosing alone changes nothing: what follows is shown first. */
export function ConfigurationTypeField({ value, onChange, hint, disabledReason = null }: TypeProps) {
  return (
    <SelectField
      disabled={disabledReason !== null}
      hint={disabledReason ?? hint}
      label="Key Configuration Type"
      onChange={(event) => onChange(options.find((one) => one.value === event.currentTarget.value)?.value ?? 'none')}
      options={value === 'unknown' ? [unknown, ...options] : options}
      value={value}
    />
  );
}

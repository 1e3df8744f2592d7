'use client';

import { SelectField } from '#components/form/select-field.tsx';
import { TextField } from '#components/form/text-field.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { HelpTerm } from '../../../../_shared/help/help-term.tsx';
import { regionGroups } from '../../_shared/aws/region-choices.ts';
import { SecretField } from '../../_shared/connection/secret-field.tsx';
import { Understood } from '../../_shared/connection/understood.tsx';
import type { AwsMode, AwsPart, PlaceField } from './aws-mode.ts';
import { awsWords } from './aws-words.ts';
import { RegionNote } from './region-note.tsx';
import type { AwsForm } from './use-aws-form.ts';

/** One of what connects the key, by its name in the mode's description. */
export function AwsField({ mode, name, ...given }: { mode: AwsMode; name: string; setup: SetupView; form: AwsForm }) {
  const part = mode.parts.find((one) => one.name === name);
  return part ? <PartField part={part} {...given} /> : null;
}

export function PartField({ part, setup, form }: { part: AwsPart; setup: SetupView; form: AwsForm }) {
  if (part.kind === 'shown')
    return (
      <CopyField
        help={part.name === 'externalId' ? <HelpTerm label="What is this ID for?" term="external ID" /> : null}
        hint={part.hint}
        label={part.label}
        name={part.name}
        value={part.value(form.shown)}
      />
    );
  const { name, label } = part;
  const bound = {
    id: name,
    name,
    label,
    error: form.errorOf(name),
    value: form.given[name],
    onBlur: () => form.leave(name),
    onChange: (event: { currentTarget: { value: string } }) => form.type(name, event.currentTarget.value),
  };
  if (part.kind === 'secret')
    return <SecretField {...bound} hint={part.hint} stored={part.stored(setup, form.given)} />;
  return (
    <TextField
      {...bound}
      after={<Understood facts={part.readBack?.(form.given[name], form.shown) ?? null} />}
      autoComplete="off"
      hint={part.hint(form.shown)}
      mono
      spellCheck={false}
    />
  );
}

/** Where role and key are. */
export function PlaceFieldOf({ name, setup, form }: { name: PlaceField; setup: SetupView; form: AwsForm }) {
  const bound = { id: name, name, error: form.errorOf(name), value: form.given[name] };
  if (name === 'region')
    return (
      <SelectField
        {...bound}
        hint={<RegionNote region={form.given.region} tenant={setup.tenant} />}
        label="AWS Region"
        onBlur={() => form.leave('region')}
        onChange={(event) => form.type('region', event.currentTarget.value)}
        options={regionGroups(setup.tenant)}
        placeholder="Choose a region"
      />
    );
  const { label, hint, inputMode } = awsWords.place[name];
  return (
    <TextField
      {...bound}
      autoComplete="off"
      hint={hint}
      inputMode={inputMode}
      label={label}
      mono
      onBlur={() => form.leave(name)}
      onChange={(event) => form.type(name, event.currentTarget.value)}
      spellCheck={false}
    />
  );
}

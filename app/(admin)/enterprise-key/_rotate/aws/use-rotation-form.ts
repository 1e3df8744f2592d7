'use client';

import { toNestErrors } from '@hookform/resolvers';
import { useMemo } from 'react';
import { type FieldErrors, type Resolver, useForm } from 'react-hook-form';
import { formBehaviour, showBesideFields } from '../../../../_shared/form/beside-fields.ts';
import type { Rotation } from '../use-rotation.ts';
import type { RotationValues } from './rotation-input.ts';
import { rotationModes } from './rotation-modes.ts';
import { rotationProblems, sameValues, trimmed } from './rotation-values.ts';

type Given = {
  /** What the form is filled with: what was prepared, else what is active. */
  saved: RotationValues;
  prepared: boolean;
  serviceRoleArn: string;
  /** The access key ID whose secret is stored. */
  storedFor: string;
  rotation: Rotation;
};

/** The form of a rotation, and what its two buttons do. */
export function useRotationForm({ saved, prepared, serviceRoleArn, storedFor, rotation }: Given) {
  const form = useForm<RotationValues>({
    resolver: useMemo(() => resolverFor(serviceRoleArn, storedFor), [serviceRoleArn, storedFor]),
    defaultValues: saved,
    ...formBehaviour,
  });
  const given = form.watch();
  const unsaved = !prepared || !sameValues(given, saved);

  async function keep(values: RotationValues): Promise<boolean> {
    const { fields, toPrepare } = rotationModes[values.mode];
    const kept = await rotation.prepare(toPrepare(values));
    if (!kept.ok && kept.actionError) showBesideFields(form, fields, kept.actionError);
    // What is stored is stored: it does not stay in the page. What was typed meanwhile does.
    if (kept.ok && form.getValues('secret') === values.secret) form.setValue('secret', '');
    return kept.ok;
  }

  return {
    form,
    given,
    /** Differs from what it was filled with. */
    changed: !sameValues(given, saved),
    /** There is something to keep before a test. */
    unsaved,
    save: form.handleSubmit(async (values) => void (await keep(values))),
    // What is not kept yet is kept first: a test is always one of what the server has.
    test: form.handleSubmit(async (values) => {
      if (unsaved && !(await keep(values))) return;
      await rotation.test();
    }),
  };
}

function resolverFor(serviceRoleArn: string, storedFor: string): Resolver<RotationValues> {
  return (given, _, options) => {
    const problems = rotationProblems(given, serviceRoleArn, storedFor);
    if (problems.length === 0) return { values: trimmed(given), errors: {} };
    const errors: FieldErrors<RotationValues> = {};
    for (const { field, message } of problems) errors[field] ??= { type: 'custom', message };
    return { values: {}, errors: toNestErrors(errors, options) };
  };
}

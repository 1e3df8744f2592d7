'use client';

import { useState } from 'react';
import type { FieldProblem } from '#components/form/error-summary.tsx';
import { plainAccountId } from '#lib/byok/aws/place-problems.ts';
import { serviceRoleFor } from '#lib/byok/aws/service-roles.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { ActionError } from '../../../../_shared/refusal/action-error.ts';
import type { StepForm } from '../step-frame.tsx';
import { type SaveHow, useSaveStep } from '../use-save-step.ts';
import type { AwsField, AwsGiven, AwsMode, Beginning } from './aws-mode.ts';
import { otherTenantsId, type PolicyChoices, usePolicyChoices } from './guide/use-policy-choices.ts';

export type AwsForm = {
  given: AwsGiven;
  createsKey: boolean;
  choices: PolicyChoices;
  /** Beside a field: only once it was left, or saving was tried. */
  errorOf: (field: AwsField) => string | undefined;
  edited: (field: AwsField) => boolean;
  /** Something differs from what is saved. */
  anyEdited: boolean;
  type: (field: AwsField, text: string) => void;
  leave: (field: AwsField) => void;
  chooseCreation: (createsKey: boolean) => void;
  /** The set-up with what stands here: every policy and file on the page is made of it. */
  shown: SetupView;
  /** Saves where there is something to save. Answers whether what is saved is what stands here. */
  settle: () => Promise<boolean>;
  step: StepForm;
};

type Options = {
  beginning: Beginning;
  /** A stream is open. */
  busy: boolean;
  /** Opens what a field is folded away in. */
  reveal: (fieldId: string) => (() => void) | undefined;
};

/** What the step AWS has to save: where role and key are, which they are, and how the policies are written. */
export function useAwsForm(setup: SetupView, mode: AwsMode, { beginning, busy, reveal }: Options): AwsForm {
  const choices = usePolicyChoices(setup);
  const saved = mode.complete({}, setup, beginning);
  const [typed, setTyped] = useState<Partial<AwsGiven>>({});
  const [left, setLeft] = useState<ReadonlySet<AwsField>>(new Set());
  const [creation, setCreation] = useState<boolean | null>(null);
  const [attempt, setAttempt] = useState({ count: 0, whole: false });
  const [refused, setRefused] = useState<Partial<Record<string, string>>>({});
  const given = mode.complete(typed, setup, beginning);
  const createsKey = creation ?? setup.configuration.createsKey;
  const entered = { given, beginning, createsKey, choices };

  const edited = (field: AwsField) => given[field].trim() !== saved[field].trim();
  const typedAny = (Object.keys(saved) as AwsField[]).some((field) => typed[field] !== undefined && edited(field));
  const anyEdited = typedAny || choices.changed || createsKey !== setup.configuration.createsKey;
  const saver = useSaveStep(setup, 'service', anyEdited ? 'ask' : busy ? 'cut' : 'free');

  function problemsOf(whole: boolean): FieldProblem[] {
    const found = { ...refused, ...mode.problems(entered, setup, whole) };
    const wrongChoice = choices.problem ? [{ fieldId: otherTenantsId, message: choices.problem }] : [];
    return Object.entries(found)
      .flatMap(([fieldId, message]) => (message ? [{ fieldId, message }] : []))
      .concat(wrongChoice)
      .map((problem) => withReveal(problem, reveal(problem.fieldId)));
  }

  async function save(how: SaveHow): Promise<boolean> {
    const whole = how === 'next' || !mode.savesParts;
    setAttempt(({ count }) => ({ count: count + 1, whole }));
    setRefused({});
    if (Object.keys(mode.problems(entered, setup, whole)).length > 0 || choices.problem) return false;
    const actionError = await saver.save(mode.toInput(entered), how);
    if (actionError === 'busy') return false;
    if (actionError && actionError !== 'stays') setRefused(fieldsOf(actionError));
    // What is stored is stored: it does not stay in the page. What was typed since does.
    else setTyped(({ secret, ...kept }) => (secret?.trim() === typed.secret?.trim() ? kept : { ...kept, secret }));
    return actionError === null;
  }

  const tried = attempt.count > 0;
  const beside = Object.fromEntries(
    problemsOf(tried && attempt.whole).map(({ fieldId, message }) => [fieldId, message]),
  );
  return {
    given,
    createsKey,
    choices,
    errorOf: (field) => (tried || (left.has(field) && given[field] !== '') ? beside[field] : undefined),
    edited,
    anyEdited,
    type: (field, text) => {
      setTyped((before) => ({ ...before, [field]: text }));
      setRefused(({ [field]: _, ...others }) => others);
    },
    leave: (field) => {
      const text = typed[field];
      // What is pasted often brings a space or a line break along.
      const plain = field === 'accountId' ? plainAccountId(text ?? '') : text?.trim();
      if (text !== undefined) setTyped((before) => ({ ...before, [field]: plain }));
      setLeft((before) => new Set(before).add(field));
    },
    chooseCreation: setCreation,
    shown: shownWith(setup, entered, saved),
    settle: () => (anyEdited ? save('draft') : Promise.resolve(true)),
    step: {
      saver,
      onSave: (how) => void save(how),
      problems: tried ? problemsOf(attempt.whole) : [],
      attempt: attempt.count,
    },
  };
}

type Shown = { given: AwsGiven; createsKey: boolean; choices: PolicyChoices };

function shownWith(setup: SetupView, { given, createsKey, choices }: Shown, saved: AwsGiven): SetupView {
  const { secret: _, ...fields } = given;
  const role = serviceRoleFor(setup.ourIdentities, given.region);
  return {
    ...setup,
    ourIdentity: role && !role.missingIn ? role.roleArn : setup.ourIdentity,
    // A report tells of the key that was tested.
    report: given.keyArn.trim() === saved.keyArn ? setup.report : null,
    configuration: {
      ...setup.configuration,
      ...fields,
      accountId: plainAccountId(fields.accountId),
      roleName: fields.roleName.trim(),
      policyShape: choices.shape,
      createsKey: createsKey && given.keyArn.trim() === '',
    },
  };
}

function withReveal(problem: FieldProblem, reveal: (() => void) | undefined): FieldProblem {
  return reveal ? { ...problem, reveal } : problem;
}

function fieldsOf(actionError: ActionError): Partial<Record<string, string>> {
  if (actionError === 'no-answer' || !actionError.fields) return {};
  return Object.fromEntries(
    Object.entries(actionError.fields).map(([field, message]) => [field.replace(/^values\./, ''), message]),
  );
}

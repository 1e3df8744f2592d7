'use client';

import { useState } from 'react';
import type { FieldProblem } from '#components/form/error-summary.tsx';
import { parseKeyReference, parseRoleArn } from '#lib/byok/aws/arn.ts';
import { keyProblems, roleProblems } from '#lib/byok/aws/step-schemas.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { describeSetUp } from '../../../_shared/aws/set-up.ts';
import { vendorAccount } from '../../../_shared/aws/vendor-account.ts';

export type ArnField = 'roleArn' | 'keyArn';

export type PrepareArns = {
  /** As they stand in the form. */
  given: Record<ArnField, string>;
  /** What is shown beside a field: only once it was left, or saving was tried. */
  errorOf: (field: ArnField, tried: boolean) => string | null;
  problems: FieldProblem[];
  edited: Record<ArnField, boolean>;
  type: (field: ArnField, text: string) => void;
  leave: (field: ArnField) => void;
};

/** The ARNs of role and key, each as soon as it is known: an empty one is no problem here, a wrong one is. */
export function usePrepareArns(setup: SetupView): PrepareArns {
  const saved = {
    roleArn: setup.configuration.roleArn || (describeSetUp(setup)?.roleArn ?? ''),
    keyArn: setup.configuration.keyArn,
  };
  const [typed, setTyped] = useState<Partial<Record<ArnField, string>>>({});
  const [left, setLeft] = useState<ReadonlySet<ArnField>>(new Set());
  const given = { ...saved, ...typed };
  const messages = problemsOf(given, setup);
  return {
    given,
    errorOf: (field, tried) => (tried || left.has(field) ? (messages[field] ?? null) : null),
    problems: (['roleArn', 'keyArn'] as const).flatMap((field) => {
      const message = messages[field];
      return message ? [{ fieldId: field, message }] : [];
    }),
    edited: {
      roleArn: given.roleArn.trim() !== saved.roleArn,
      keyArn: given.keyArn.trim() !== saved.keyArn,
    },
    type: (field, text) => setTyped((before) => ({ ...before, [field]: text })),
    leave: (field) => {
      setTyped((before) => ({ ...before, [field]: given[field].trim() }));
      setLeft((before) => new Set(before).add(field));
    },
  };
}

function problemsOf(given: Record<ArnField, string>, setup: SetupView): Partial<Record<ArnField, string>> {
  const { region, accountId } = setup.configuration;
  const chosen = { region, accountId, ...vendorAccount(setup.ourIdentity) };
  const key = given.keyArn.trim() === '' ? null : parseKeyReference(given.keyArn, chosen);
  const role = given.roleArn.trim() === '' ? null : parseRoleArn(given.roleArn);
  const keyProblem = key && (key.ok ? keyProblems(key.value, chosen)[0] : key.message);
  const roleProblem = role && (role.ok ? roleProblems(role.value, chosen)[0] : role.message);
  return { ...(keyProblem ? { keyArn: keyProblem } : {}), ...(roleProblem ? { roleArn: roleProblem } : {}) };
}

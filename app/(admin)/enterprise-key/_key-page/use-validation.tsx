'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';
import type { ErrorNoticeWords } from '#components/ui/error-notice.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import type { ValidationView } from '#lib/byok/record-views.ts';
import { useAct } from '../../../_shared/command/use-act.ts';
import { validateAction } from './actions.ts';
import { useKey } from './live-key.tsx';

type Validating = {
  report: ValidationView | null;
  pending: boolean;
  error: ErrorNoticeWords | null;
  /** Why it cannot be run. */
  whyNot: string | null;
  run: () => Promise<void>;
};

const ValidationContext = createContext<Validating | null>(null);

/** One run for all tabs of a key: begun on Overview, it is read in full on Validation. */
export function ValidationProvider({ children }: { children: ReactNode }) {
  const { view, role, lookAgain } = useKey();
  const validate = useAct(validateAction);
  const [report, setReport] = useState<ValidationView | null>(null);

  async function run(): Promise<void> {
    const done = await validate.run(view.id);
    if (done) setReport(done);
    // Whatever asked the key has set its health.
    lookAgain();
  }

  const { pending, error } = validate;
  return (
    <ValidationContext value={{ report, pending, error, run, whyNot: whyNoValidation(view, role) }}>
      {children}
    </ValidationContext>
  );
}

export function useValidation(): Validating {
  const found = useContext(ValidationContext);
  if (!found) throw new Error('There is no key around this.');
  return found;
}

function whyNoValidation(view: KeyPageView, role: Role): string | null {
  if (role !== 'admin') return 'Only an administrator of your organisation can validate.';
  return view.commands.validate.allowed ? null : view.commands.validate.reason;
}

'use client';

import { useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ErrorNotice } from '#components/ui/error-notice.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { serviceName } from '#lib/byok/providers.ts';
import type { ValidationView } from '#lib/byok/record-views.ts';
import { useAct } from '../../../_shared/command/use-act.ts';
import { validateAction } from './actions.ts';
import { AuthorizationTest } from './authorization-test.tsx';
import { ValidationSummary } from './validation-summary.tsx';
import { ValidationTable } from './validation-table.tsx';

type ValidationProps = {
  view: KeyPageView;
  role: Role;
  /** After whatever asked the key, since that sets its health. */
  onRun: () => void;
};

/** Proof that the data can be read, or the reason why not: two ways of asking, both past every cache. */
export function Validation({ view, role, onRun }: ValidationProps) {
  const validate = useAct(validateAction);
  const [report, setReport] = useState<ValidationView | null>(null);

  const authorization = useRef<HTMLFormElement>(null);

  const service = serviceName(view.provider);

  async function start() {
    // Whoever has typed credentials means them to be validated too.
    if (authorization.current && isFilledIn(authorization.current)) authorization.current.requestSubmit();
    const done = await validate.run(view.id);
    if (done) setReport(done);
    onRun();
  }

  return (
    <Panel aria-labelledby="validation">
      <PanelHeader
        actions={
          <Button
            disabledReason={whyNoValidation(view, role)}
            onClick={() => void start()}
            pending={validate.pending}
            variant="primary"
          >
            Validate
          </Button>
        }
        description={`Has ${service} open the current data key of each app and bot under this key, then decrypts recent records where there are any, bypassing all caches. Nothing is changed. Credentials that you have typed below are checked too.`}
        id="validation"
        title="Validation"
      />
      {validate.error ? <ErrorNotice error={validate.error} /> : null}
      <ValidationSummary service={service} pending={validate.pending} report={report} />
      <ValidationTable onAsked={onRun} report={report} role={role} view={view} />
      <AuthorizationTest formRef={authorization} onAsked={onRun} profiles={view.profiles} role={role} />
    </Panel>
  );
}

function isFilledIn(form: HTMLFormElement): boolean {
  const typed = new FormData(form);
  return typed.get('userName') !== '' && typed.get('password') !== '';
}

function whyNoValidation(view: KeyPageView, role: Role): string | null {
  if (role !== 'admin') return 'Only an administrator of your organisation can validate.';
  return view.commands.validate.allowed ? null : view.commands.validate.reason;
}

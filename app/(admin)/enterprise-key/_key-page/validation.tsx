'use client';

import Link from 'next/link';
import { useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { serviceName } from '#lib/byok/providers.ts';
import { HelpTerm } from '../../../_shared/help/help-term.tsx';
import { AuthorizationTest } from './authorization-test.tsx';
import { useKey } from './live-key.tsx';
import { useValidation } from './use-validation.tsx';
import { LastValidation } from './validate-button.tsx';
import { ValidationTable } from './validation-table.tsx';

/** Proof that the data can be read, or the reason why not: two ways of asking, both past every cache. */
export function Validation() {
  const { view, role, lookAgain } = useKey();
  const { report, pending, run, whyNot } = useValidation();
  const authorization = useRef<HTMLFormElement>(null);

  function start() {
    // Whoever has typed credentials means them to be validated too.
    if (authorization.current && isFilledIn(authorization.current)) authorization.current.requestSubmit();
    void run();
  }

  return (
    <>
      <Panel aria-labelledby="validation">
        <PanelHeader
          actions={
            <Button disabledReason={whyNot} onClick={start} pending={pending} variant="primary">
              Validate
            </Button>
          }
          description={`Decrypts each app’s data key and recent records using ${serviceName(view.provider)}, bypassing caches. Changes nothing. Credentials that you typed below are checked too.`}
          help={<HelpTerm term="validation" />}
          id="validation"
          title="Validation"
        />
        <p className="mb-3 text-ink-2">
          Results are shown until you leave this key’s pages. Past validations are in its{' '}
          <Link className="link" href={`/enterprise-key/${view.id}/history`}>
            History
          </Link>
          .
        </p>
        <LastValidation />
        <ValidationTable onAsked={lookAgain} report={report} role={role} view={view} />
      </Panel>
      <Panel aria-labelledby="authorization-test">
        <AuthorizationTest formRef={authorization} onAsked={lookAgain} profiles={view.profiles} role={role} />
      </Panel>
    </>
  );
}

function isFilledIn(form: HTMLFormElement): boolean {
  const typed = new FormData(form);
  return typed.get('userName') !== '' && typed.get('password') !== '';
}

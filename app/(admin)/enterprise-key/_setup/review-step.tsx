'use client';

import { type FormEvent, useState } from 'react';
import { ErrorSummary } from '#components/form/error-summary.tsx';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { CheckId } from '#lib/byok/test-report.ts';
import { useCommand } from '../../../_shared/command/use-command.ts';
import { ActionErrorNotice } from '../../../_shared/refusal/action-error-notice.tsx';
import { useFocusOnError } from '../../../_shared/refusal/use-focus-on-error.ts';
import { useGoTo } from '../../../_shell/use-go-to.ts';
import { setUpScreensOf } from '../_providers/set-up-screens.ts';
import { AcknowledgeWarnings, openWarnings, warningProblem } from '../_shared/connection/acknowledge-warnings.tsx';
import { HandOverLink } from '../_shared/hand-over-link.tsx';
import { proceedWithKey } from './actions.ts';
import { Consequences } from './consequences.tsx';
import { Obstacles } from './obstacles.tsx';
import { ReviewSections } from './review-sections.tsx';
import { stepHref } from './steps.ts';

/** Step 5: everything once more, what follows from it, and Proceed. */
export function ReviewStep({ setup }: { setup: SetupView }) {
  const hydrated = useHydrated();
  const { goTo, going } = useGoTo();
  const [acknowledged, setAcknowledged] = useState<ReadonlySet<CheckId>>(new Set());
  const [attempt, setAttempt] = useState(0);
  const { run, pending: sending, actionError } = useCommand(proceedWithKey, { leaves: true });
  const notice = useFocusOnError(actionError);
  const { Reminder } = setUpScreensOf(setup.configuration);
  const warnings = openWarnings(setup.report);
  const missing = warnings.filter((id) => !acknowledged.has(id));

  async function proceed(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending || going) return;
    setAttempt((count) => count + 1);
    if (missing.length > 0) return;
    const { id: keyId, revision } = setup.key;
    const { ok } = await run({ keyId, revision, acknowledged: warnings });
    if (ok) goTo(`/enterprise-key/${keyId}`);
  }

  return (
    <form noValidate onSubmit={(event) => void proceed(event)}>
      <ErrorSummary attempt={attempt} errors={attempt === 0 ? [] : missing.map(warningProblem)} />
      <ActionErrorNotice actionError={actionError} ref={notice} />
      <Obstacles setup={setup} />
      {Reminder ? <Reminder setup={setup} /> : null}
      <ReviewSections setup={setup} />
      <fieldset className="contents" disabled={!hydrated}>
        <AcknowledgeWarnings
          acknowledged={acknowledged}
          intro="You can activate the key with these warnings. Read each, and acknowledge it by name."
          missing={attempt === 0 ? [] : missing}
          onChange={setAcknowledged}
          report={setup.report}
        />
        <Consequences setup={setup} />
        <p className="mb-4.5">
          <HandOverLink keyId={setup.key.id} />
        </p>
        <Footer pending={sending || going} setup={setup} />
      </fieldset>
    </form>
  );
}

function Footer({ setup, pending }: { setup: SetupView; pending: boolean }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-2.5">
      <LinkButton href={stepHref(setup, 'schedule')}>Back</LinkButton>
      <Button disabledReason={whyNot(setup)} pending={pending} type="submit" variant="primary">
        Proceed
      </Button>
    </div>
  );
}

function whyNot(setup: SetupView): string | null {
  if (setup.obstacles.length > 0) return 'Fix what is listed at the top of this page first.';
  return setup.editing === 'scheduled' ? 'You haven’t changed anything: the key is already scheduled.' : null;
}

'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { Checkbox } from '#components/form/checkbox.tsx';
import { ErrorSummary } from '#components/form/error-summary.tsx';
import { Button, LinkButton } from '#components/ui/button.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { useHydrated } from '#components/ui/use-hydrated.ts';
import { type CheckId, checkNames } from '#lib/byok/test-report.ts';
import type { SetupView } from '#lib/byok/views.ts';
import { proceedWithKey } from '../actions.ts';
import { Consequences } from './consequences.tsx';
import { Obstacles } from './obstacles.tsx';
import { ReviewSections } from './review-sections.tsx';
import { stepHref } from './steps.ts';
import { TroubleNotice } from './trouble-notice.tsx';
import type { Trouble } from './use-save-step.ts';

/** Step 7: everything once more, what follows from it, and Proceed. */
export function ReviewStep({ setup }: { setup: SetupView }) {
  const router = useRouter();
  const hydrated = useHydrated();
  const [going, startGoing] = useTransition();
  const [acknowledged, setAcknowledged] = useState<ReadonlySet<CheckId>>(new Set());
  const [attempt, setAttempt] = useState(0);
  const [sending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const warnings = openWarnings(setup);
  const missing = warnings.filter((id) => !acknowledged.has(id));

  const acknowledge = (id: CheckId, on: boolean) =>
    setAcknowledged(new Set([...acknowledged].filter((other) => other !== id).concat(on ? id : [])));

  async function proceed(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (sending || going) return;
    setAttempt((count) => count + 1);
    if (missing.length > 0) return;
    setSending(true);
    setTrouble(null);
    const { id: keyId, revision } = setup.key;
    const answer = await proceedWithKey({ keyId, revision, acknowledged: warnings }).catch(() => null);
    setSending(false);
    if (answer?.ok) startGoing(() => router.push(`/enterprise-key/${keyId}`));
    else setTrouble(answer ? answer.error : 'no-answer');
  }

  return (
    <form noValidate onSubmit={(event) => void proceed(event)}>
      <ErrorSummary attempt={attempt} errors={attempt === 0 ? [] : missing.map(problemOf)} />
      <TroubleNotice trouble={trouble} />
      <Obstacles setup={setup} />
      <ReviewSections setup={setup} />
      <fieldset className="contents" disabled={!hydrated}>
        <Warnings
          acknowledged={acknowledged}
          missing={attempt === 0 ? [] : missing}
          onChange={acknowledge}
          setup={setup}
          warnings={warnings}
        />
        <Consequences setup={setup} />
        <Footer pending={sending || going} setup={setup} />
      </fieldset>
    </form>
  );
}

function Footer({ setup, pending }: { setup: SetupView; pending: boolean }) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-2.5">
      <LinkButton href={stepHref(setup.key.id, 'apps')}>Back</LinkButton>
      <Button disabledReason={whyNot(setup)} pending={pending} type="submit" variant="primary">
        Proceed
      </Button>
    </div>
  );
}

type WarningsProps = {
  setup: SetupView;
  warnings: CheckId[];
  acknowledged: ReadonlySet<CheckId>;
  missing: CheckId[];
  onChange: (id: CheckId, on: boolean) => void;
};

function Warnings({ setup, warnings, acknowledged, missing, onChange }: WarningsProps) {
  if (warnings.length === 0) return null;
  return (
    <Panel aria-labelledby="warnings-heading">
      <PanelHeader
        description="The key can be put in force with these. Read each, and acknowledge it by name."
        id="warnings-heading"
        level={3}
        title="Warnings of the test"
      />
      <div className="grid gap-3">
        {warnings.map((id) => (
          <Checkbox
            checked={acknowledged.has(id)}
            error={missing.includes(id) ? problemOf(id).message : null}
            hint={setup.report?.checks.find((check) => check.id === id)?.summary}
            id={acknowledgeId(id)}
            key={id}
            label={`I acknowledge the warning “${checkNames[id]}”`}
            onChange={(event) => onChange(id, event.currentTarget.checked)}
          />
        ))}
      </div>
    </Panel>
  );
}

/** Warnings of a test that no longer counts need no acknowledgement: it has to be run again first. */
function openWarnings({ report }: SetupView): CheckId[] {
  return report?.passed && !report.stale ? report.warnings : [];
}

function whyNot(setup: SetupView): string | null {
  if (setup.obstacles.length > 0) return 'Mend what is listed at the top of this page first.';
  return setup.editing === 'scheduled' ? 'Nothing was changed: the key is scheduled as it stands.' : null;
}

function acknowledgeId(id: CheckId): string {
  return `acknowledge-${id}`;
}

function problemOf(id: CheckId): { fieldId: string; message: string } {
  return { fieldId: acknowledgeId(id), message: `Acknowledge the warning “${checkNames[id]}”.` };
}

'use client';

import { Panel } from '#components/ui/panel.tsx';
import type { VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import { awsWords } from '../aws-words.ts';
import { AccordionStep } from './accordion-step.tsx';
import type { Guide, GuideDescription, GuideStep, GuideStepId } from './guide-description.ts';
import { isVerified, questionsOf, type ShownStatus, statusOfAll, statusShown } from './step-status.ts';
import type { Verification } from './use-verification.ts';
import { verificationSaid } from './verification-words.ts';

/** Which step is open: one that somebody opened, none, or, while nobody did, the first that is not verified. */
export type Opened = GuideStepId | 'none' | null;

type AccordionProps = {
  description: GuideDescription;
  guide: Guide<unknown>;
  verification: Verification;
  opened: Opened;
  onOpen: (opened: Opened) => void;
};

/** The set-up, step by step, one open at a time. A step is verified against AWS or it is not. */
export function Accordion({ description, guide, verification, opened, onOpen }: AccordionProps) {
  const { setUp, form } = guide;
  const { run } = verification;
  const stands = standings(description, guide, verification);
  const open = opened ?? stands.find(({ status }) => !isVerified(status))?.step.id ?? 'none';

  /** What is verified is what is saved, so that comes first. */
  async function verify(step: GuideStep): Promise<void> {
    if (run.phase === 'running' || !(await form.settle())) return;
    onOpen(step.id);
    for (const id of step.verifies) {
      const done = await verification.start(id);
      if (!done || !isVerified(done.status)) return;
    }
    // The next one opens.
    onOpen(null);
  }

  return (
    <>
      <Panel className="p-0! sm:p-0!">
        {stands.map(({ step, status, views }, at) => (
          <AccordionStep
            disabledReason={whyNot(step, status, description, guide, run.phase === 'running')}
            key={step.id}
            number={at + 1}
            onOpen={(wanted) => onOpen(wanted ? step.id : 'none')}
            onVerify={() => void verify(step)}
            open={open === step.id}
            pages={description.pages(setUp)}
            questions={questionsOf(step, description, guide)}
            run={run}
            seen={description.seen(step.id, guide)}
            status={status}
            step={step}
            views={views}
          >
            {description.body(step.id, guide)}
          </AccordionStep>
        ))}
      </Panel>
      <p aria-live="polite" className="sr-only" role="status">
        {verificationSaid(run)}
      </p>
    </>
  );
}

/** How each step stands. */
export function standings(description: GuideDescription, { saved, form }: Guide<unknown>, { run }: Verification) {
  return description.steps.map((step) => {
    const views = saved.checklist.steps.filter(({ id }) => (step.verifies as readonly string[]).includes(id));
    return { step, views, status: statusOfAll(views.map((view) => statusShown(view, run, form))) };
  });
}

function whyNot(
  step: GuideStep,
  status: ShownStatus,
  description: GuideDescription,
  guide: Guide<unknown>,
  running: boolean,
): string | null {
  const missing = step.verifies.flatMap((id: VerifiableStep) => description.missingFor(id, guide) ?? [])[0] ?? null;
  return missing ?? (running && status !== 'running' ? awsWords.another : null);
}

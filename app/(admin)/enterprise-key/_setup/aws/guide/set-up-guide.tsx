'use client';

import { Callout } from '#components/ui/callout.tsx';
import type { AwsMode } from '../aws-mode.ts';
import { Accordion, type Opened, standings } from './accordion.tsx';
import type { Guide, GuideDescription } from './guide-description.ts';
import { isVerified } from './step-status.ts';
import type { Verification } from './use-verification.ts';

type GuideProps = {
  mode: AwsMode;
  /** Null while it is not known where role and key are to be. */
  guide: Guide<unknown> | null;
  verification: Verification;
  opened: Opened;
  onOpen: (opened: Opened) => void;
};

/** Role and key are set up here, in three steps. */
export function SetUpGuide({ mode, guide, ...open }: GuideProps) {
  if (!guide) return <Callout title={mode.guide.missing} />;
  return (
    <>
      {mode.guide.above?.(guide)}
      <Accordion description={mode.guide} guide={guide} {...open} />
    </>
  );
}

export function allVerified(description: GuideDescription, guide: Guide<unknown>, verification: Verification): boolean {
  return standings(description, guide, verification).every(({ status }) => isVerified(status));
}

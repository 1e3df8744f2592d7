/** What of setting role and key up belongs to one authentication mode, as data: the accordion walks it. */
import type { ReactNode } from 'react';
import type { openQuestion, VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { OutsidePages } from '../../../_shared/connection/check-row.tsx';
import type { AwsField, AwsMode } from '../aws-mode.ts';
import type { AwsForm } from '../use-aws-form.ts';

/** `S`: all that is to be set up in AWS, with the tenant's values in it. */
export type Guide<S> = {
  mode: AwsMode;
  /** As it is saved: what is verified. */
  saved: SetupView;
  /** With what is chosen and entered now. */
  setup: SetupView;
  setUp: S;
  form: AwsForm;
};

export type GuideStepId = 'role' | 'user' | 'key' | 'permission';

export type GuideStep = {
  readonly id: GuideStepId;
  readonly title: string;
  /** What is asked of AWS for it, in order: the next only where the one before was right. */
  readonly verifies: readonly VerifiableStep[];
  /** The fields in it. */
  readonly fields: readonly AwsField[];
};

export interface GuideDescription<S = unknown> {
  /** Null while `missing` has to be answered first. */
  describe(shown: SetupView): S | null;
  readonly missing: string;
  readonly steps: readonly GuideStep[];
  /** What to do in a step, with everything to paste. */
  body(step: GuideStepId, guide: Guide<S>): ReactNode;
  /** What was verified, in a line. */
  seen(step: GuideStepId, guide: Guide<S>): string;
  /** Above the steps: the ways to do them. */
  above?(guide: Guide<S>): ReactNode;
  /** The sheet in which a policy is checked. */
  checker?(guide: Guide<S>): ReactNode;
  /** Whether the policies can be written otherwise. */
  readonly hasOptions: boolean;
  pages(setUp: S): OutsidePages | null;
  /** Why a step cannot be verified now. */
  missingFor(step: VerifiableStep, guide: Guide<S>): string | null;
  /** What decides which question AWS's answer leaves open. */
  known(guide: Guide<S>): Parameters<typeof openQuestion>[1];
}

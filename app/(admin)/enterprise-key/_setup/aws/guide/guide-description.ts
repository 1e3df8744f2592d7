/** What of Prepare AWS belongs to one authentication mode, as data: the screen and its checklist walk it. */
import type { ReactNode } from 'react';
import type { openQuestion, VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { OutsidePages } from '../../../_shared/connection/check-row.tsx';
import type { PrepareForm } from './use-prepare-step.ts';

/** `S`: all that is to be set up in AWS, with the tenant's values in it. */
export type Guide<S> = {
  /** As it is saved: what is verified. */
  saved: SetupView;
  /** With what is chosen and entered now. */
  setup: SetupView;
  setUp: S;
  form: PrepareForm;
};

export interface GuideDescription<S = unknown> {
  /** Null while `missing` has to be answered first. */
  describe(setup: SetupView): S | null;
  readonly missing: string;
  /** Whether this step has something of its own to save: how the policies are written, and the ARNs. */
  readonly saves: boolean;
  /** Above and below the checklist. */
  above(guide: Guide<S>): ReactNode;
  below?(guide: Guide<S>): ReactNode;
  /** Whether policies can be pasted and checked on this page. */
  readonly checkable: boolean;
  /** Whether the IAM policy may name every key at first, and is to be narrowed later. */
  readonly narrows: boolean;
  pages(setUp: S): OutsidePages | null;
  /** Why a step cannot be verified now, and why the configuration as a whole cannot. */
  missingFor(step: VerifiableStep, setup: SetupView): string | null;
  missingForAll(setup: SetupView): string | null;
  /** What decides which question AWS's answer leaves open. */
  known(guide: Guide<S>): Parameters<typeof openQuestion>[1];
  /** What to do in a step, with everything to paste. */
  body(step: VerifiableStep, guide: Guide<S>): ReactNode;
}

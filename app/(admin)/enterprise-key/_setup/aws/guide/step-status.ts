import { openQuestion } from '#lib/byok/aws/set-up-steps.ts';
import type { StepStatus } from '#lib/byok/checklist.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { AwsForm } from '../use-aws-form.ts';
import type { Guide, GuideDescription, GuideStep } from './guide-description.ts';
import type { VerificationRun } from './verification-words.ts';

export type ShownStatus = StepStatus | 'running';
export type StepView = SetupView['checklist']['steps'][number];

/** Of what is verified by itself: what just ran counts until the page has been fetched anew, and what was edited since does not. */
export function statusShown(step: StepView, run: VerificationRun, form: AwsForm): ShownStatus {
  if (run.about === step.id && run.phase === 'running') return 'running';
  if (step.record && restsOnEdited(step.id, form)) return 'changed';
  const fresh = run.about === step.id && step.status !== 'changed' ? run.done?.status : null;
  return fresh ?? step.status;
}

/** Of a step that asks for several things: the one of them that most has to be looked at. */
export function statusOfAll(statuses: readonly ShownStatus[]): ShownStatus {
  return order.find((status) => statuses.includes(status)) ?? 'open';
}

export function isVerified(status: ShownStatus): boolean {
  return status === 'verified' || status === 'partly';
}

/** What AWS's answers leave open in a step that is right. */
export function questionsOf(step: GuideStep, description: GuideDescription, guide: Guide<unknown>): string[] {
  return step.verifies.flatMap((id) => openQuestion(id, description.known(guide)) ?? []);
}

const order = [
  'running',
  'failed',
  'unknown',
  'changed',
  'open',
  'partly',
  'verified',
] as const satisfies ShownStatus[];

function restsOnEdited(id: string, { edited, choices }: AwsForm): boolean {
  const who = edited('region') || edited('roleArn') || edited('accessKeyId') || edited('secret');
  if (id === 'role' || id === 'user') return who;
  return who || edited('keyArn') || (id !== 'key' && choices.changed);
}

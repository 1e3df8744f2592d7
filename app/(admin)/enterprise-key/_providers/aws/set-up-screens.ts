import { AwsStep } from '../../_setup/aws/aws-step.tsx';
import { handOverSummary } from '../../_setup/aws/hand-over/hand-over-summary.ts';
import { ProviderStep } from '../../_setup/aws/provider-step.tsx';
import { ScopeReminder } from '../../_setup/aws/scope-reminder.tsx';
import { TestStep } from '../../_setup/aws/test-step.tsx';
import type { SetUpScreens } from '../provider-screens.ts';
import { reviewFacts } from './facts.ts';

export const awsSetUp: SetUpScreens = {
  Provider: ProviderStep,
  Service: AwsStep,
  Test: TestStep,
  Reminder: ScopeReminder,
  reviewFacts,
  handOver: handOverSummary,
};

import { AwsStep, ProviderStep, ScopeReminder, TestStep } from '../../_setup/aws/late-screens.tsx';
import type { SetUpScreens } from '../provider-screens.ts';
import { reviewFacts } from './facts.ts';

export const awsSetUp: SetUpScreens = {
  Provider: ProviderStep,
  Service: AwsStep,
  Test: TestStep,
  Reminder: ScopeReminder,
  reviewFacts,
  // No page shows it: it is sent as a file.
  handOver: async (view) => (await import('../../_setup/aws/hand-over/hand-over-summary.ts')).handOverSummary(view),
};

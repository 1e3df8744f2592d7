import { PolicyReminder } from '../../_key-page/aws/policy-reminder.tsx';
import { RotateAwsKey } from '../../_rotate/aws/rotate-key.tsx';
import { waysToRotate, waysToRotateAccessKeys } from '../../_rotate/aws/ways-to-rotate.ts';
import { ConnectAccessKey } from '../../_setup/aws/connect-access-key.tsx';
import { ConnectStep } from '../../_setup/aws/connect-step.tsx';
import { PrepareAccessKey } from '../../_setup/aws/guide/prepare-access-key.tsx';
import { PrepareStep } from '../../_setup/aws/guide/prepare-step.tsx';
import { handOverSummary } from '../../_setup/aws/hand-over/hand-over-summary.ts';
import { ProviderStep } from '../../_setup/aws/provider-step.tsx';
import { ScopeReminder } from '../../_setup/aws/scope-reminder.tsx';
import { TestStep } from '../../_setup/aws/test-step.tsx';
import type { ProviderScreens } from '../provider-screens.ts';
import { connection, inForce, reviewFacts, versionIdentity } from './facts.ts';

export const awsScreens: ProviderScreens = {
  setUp: {
    Provider: ProviderStep,
    Prepare: { 'assume-role': PrepareStep, 'access-key': PrepareAccessKey },
    Connect: { 'assume-role': ConnectStep, 'access-key': ConnectAccessKey },
    Test: TestStep,
    Reminder: ScopeReminder,
    reviewFacts,
    handOver: handOverSummary,
  },
  key: { Reminder: PolicyReminder, connection, versionIdentity },
  rotation: {
    Rotate: RotateAwsKey,
    ways: (authMode) => (authMode === 'access-key' ? waysToRotateAccessKeys : waysToRotate),
    inForce,
  },
};

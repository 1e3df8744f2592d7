import { PolicyReminder } from '../../_key-page/aws/policy-reminder.tsx';
import { RotateAwsKey } from '../../_rotate/aws/rotate-key.tsx';
import { waysToRotate, waysToRotateAccessKeys } from '../../_rotate/aws/ways-to-rotate.ts';
import { PrepareStep } from '../../_setup/aws/guide/prepare-step.tsx';
import { handOverSummary } from '../../_setup/aws/hand-over/hand-over-summary.ts';
import { awsModes } from '../../_setup/aws/modes.ts';
import { ProviderStep } from '../../_setup/aws/provider-step.tsx';
import { ScopeReminder } from '../../_setup/aws/scope-reminder.tsx';
import { TestStep } from '../../_setup/aws/test-step.tsx';
import type { ProviderScreens } from '../provider-screens.ts';
import { connection, inForce, reviewFacts, versionIdentity } from './facts.ts';

export const awsScreens: ProviderScreens = {
  setUp: {
    Provider: ProviderStep,
    Prepare: PrepareStep,
    connect: { 'assume-role': awsModes['assume-role'].connect, 'access-key': awsModes['access-key'].connect },
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

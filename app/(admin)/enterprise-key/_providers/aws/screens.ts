import dynamic from 'next/dynamic';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { PolicyReminder } from '../../_key-page/aws/policy-reminder.tsx';
import { waysToRotate, waysToRotateAccessKeys } from '../../_rotate/aws/ways-to-rotate.ts';
import { handOverSummary } from '../../_setup/aws/hand-over/hand-over-summary.ts';
import { ScopeReminder } from '../../_setup/aws/scope-reminder.tsx';
import type { ProviderScreens, RotateScreenProps } from '../provider-screens.ts';
import { connection, inForce, reviewFacts, versionIdentity } from './facts.ts';

type SetUpProps = { setup: SetupView };

// Loaded where they are shown: the page of a key needs no wizard.
const Provider = dynamic<SetUpProps>(() =>
  import('../../_setup/aws/provider-step.tsx').then((from) => from.ProviderStep),
);
const Prepare = dynamic<SetUpProps>(() =>
  import('../../_setup/aws/guide/prepare-step.tsx').then((from) => from.PrepareStep),
);
const PrepareAccessKey = dynamic<SetUpProps>(() =>
  import('../../_setup/aws/guide/prepare-access-key.tsx').then((from) => from.PrepareAccessKey),
);
const Connect = dynamic<SetUpProps>(() => import('../../_setup/aws/connect-step.tsx').then((from) => from.ConnectStep));
const ConnectAccessKey = dynamic<SetUpProps>(() =>
  import('../../_setup/aws/connect-access-key.tsx').then((from) => from.ConnectAccessKey),
);
const Test = dynamic<SetUpProps>(() => import('../../_setup/aws/test-step.tsx').then((from) => from.TestStep));
const Rotate = dynamic<RotateScreenProps>(() =>
  import('../../_rotate/aws/rotate-key.tsx').then((from) => from.RotateAwsKey),
);

export const awsScreens: ProviderScreens = {
  setUp: {
    Provider,
    Prepare: { 'assume-role': Prepare, 'access-key': PrepareAccessKey },
    Connect: { 'assume-role': Connect, 'access-key': ConnectAccessKey },
    Test,
    Reminder: ScopeReminder,
    reviewFacts,
    handOver: handOverSummary,
  },
  key: { Reminder: PolicyReminder, connection, versionIdentity },
  rotation: {
    Rotate,
    ways: (authMode) => (authMode === 'access-key' ? waysToRotateAccessKeys : waysToRotate),
    inForce,
  },
};

import type { HandOverView } from '#lib/byok/setup-views.ts';
import type {
  KeyScreens,
  RotationScreens,
  SetUpScreens,
  ShownFact,
} from '../../../app/(admin)/enterprise-key/_providers/provider-screens.ts';
import { halls, isHall, markOf } from '../rules/connection.ts';
import { ChooseHall } from './provider-step.tsx';
import { RotateSlot } from './rotate-slot.tsx';
import { ConnectSlot } from './service-step.tsx';
import { TestSlot } from './test-step.tsx';
import { slotOf, tokenWords, vaultOf } from './vault-setup.ts';

type Sent = { provider: string; authMode: string } | null;

export const vaultSetUp: SetUpScreens = {
  Provider: ChooseHall,
  Service: ConnectSlot,
  Test: TestSlot,
  reviewFacts: ({ configuration, tenant }) => ({
    provider: [hallFact(configuration)],
    service: [slotFact(configuration), shownFact(configuration, tenant.id, tokenWords(configuration.secret))],
  }),
  handOver,
};

export const vaultKeyScreens: KeyScreens = {
  connection: ({ standing, tenant }) => ({
    location: standing ? hallFact(standing) : { label: 'Hall', value: 'Not scheduled yet' },
    key: standing ? slotFact(standing) : { label: 'Slot name', value: 'Not scheduled yet' },
    identity: standing ? [shownFact(standing, tenant.id, tokenWords(standing.secret))] : [],
  }),
  versionIdentity: () => ({ label: 'Shown at the door', value: 'Badge or token' }),
};

export const vaultRotation: RotationScreens = {
  Rotate: RotateSlot,
  ways: () => [{ name: 'Another slot', how: 'Put its hall and its name below.' }],
  active: (standing) => [hallFact(standing), slotFact(standing)],
};

function hallFact(sent: Sent): ShownFact {
  const hall = vaultOf(sent)?.hall ?? '';
  return { label: 'Hall', value: isHall(hall) ? halls[hall] : hall };
}

function slotFact(sent: Sent): ShownFact {
  return { label: 'Slot name', value: slotOf(sent), mono: true };
}

function shownFact(sent: Sent, tenantId: string, token: string): ShownFact {
  return vaultOf(sent)?.authMode === 'token'
    ? { label: 'Slot token', value: token }
    : { label: 'Mark', value: markOf(tenantId), mono: true };
}

async function handOver({ key, configuration, tenant }: HandOverView): Promise<string> {
  const { hall = '', slot = '' } = vaultOf(configuration) ?? {};
  return `# ${key.alias}\n\nA slot of the Vault of Tests: ${hall}/${slot}, for ${tenant.name}.\n`;
}

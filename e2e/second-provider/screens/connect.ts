import type { SetupView } from '#lib/byok/setup-views.ts';
import type { ConnectDescription } from '../../../app/(admin)/enterprise-key/_providers/connect-description.ts';
import { vaultSteps } from '../rules/steps.ts';
import { slotOf, tokenWords } from './vault-setup.ts';

const slot = {
  kind: 'text',
  name: 'slot',
  label: 'Slot name',
  saved: ({ configuration }: SetupView) => slotOf(configuration),
} as const;

export const byBadge: ConnectDescription = { parts: [slot], schema: () => vaultSteps.connect };

export const byToken: ConnectDescription = {
  parts: [
    slot,
    {
      kind: 'secret',
      name: 'secret',
      label: 'Slot token',
      hint: tokenWords,
      stored: ({ configuration }) => configuration.secret,
    },
  ],
  schema: () => vaultSteps.connect,
};

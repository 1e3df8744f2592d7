import { providers } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { StepId } from './steps.ts';

/** What each step is for, in a sentence below its heading. */
export function introOf(step: StepId, { configuration }: Pick<SetupView, 'configuration'>): string {
  const { service } = providers[configuration.provider].words;
  const intros = {
    provider: 'Choose your key service and how Keyward connects to it.',
    service: `Give Keyward a key to use. Keyward changes nothing in ${service}.`,
    test: `Keyward calls ${service} with your settings. The test changes nothing.`,
    schedule: 'Choose when encryption with your key starts, and which apps and bots use it.',
    review: 'Check your settings before you proceed.',
  } as const satisfies Record<StepId, string>;
  return intros[step];
}

/** What of the step Provider belongs to one authentication mode. */
import type { ReactNode } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import type { AuthModeId, ProviderId } from '#lib/byok/providers.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';

/** Of every mode at once: what the chosen one does not have is not saved. */
export type ProviderValues = {
  provider: ProviderId;
  authMode: AuthModeId;
  region: string;
  accountId: string;
  roleName: string;
  alias: string;
  description: string;
  tags: string;
};

type Given = {
  setup: SetupView;
  /** As it is chosen now. */
  region: string;
  onRegion: (region: string) => void;
  bind: (name: keyof ProviderValues) => UseFormRegisterReturn & { id: string; error: string | undefined };
};

export interface ProviderDescription {
  /** Above and below the field of the region. */
  aboveRegion?(given: Given): ReactNode;
  belowRegion?(given: Given): ReactNode;
}

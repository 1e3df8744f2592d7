import type { AuthModeId, ProviderId } from '#lib/byok/providers.ts';
import type { CheckId } from '#lib/byok/test-report.ts';

type At = { keyId: string; revision: number };
export type PrepareInput = At & {
  /** As the provider's own form has them: its rules read them again. */
  values: object;
  to: { provider: ProviderId; authMode: AuthModeId };
};
export type RotateInput = At & { acknowledged: CheckId[]; reencrypt: boolean };

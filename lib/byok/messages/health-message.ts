import type { Health } from '../health.ts';
import { isKmsFailure } from '../kms-failure.ts';
import { isLossCause } from '../loss-causes.ts';
import { message } from './catalogue.ts';
import { type Message, said } from './message.ts';

/** What is stored of why a key version cannot be reached. */
export type HealthCause = {
  provider: string;
  /** A cause of loss-causes.ts where it is revoked, else a failure of kms-failure.ts; empty while the key answers. */
  healthFailure: string | null;
  keyDeletedAt: Date | null;
  /** Of a row that was written when words were stored. */
  healthCause: string | null;
};

/** Why it cannot be reached; null while it can, and where nothing is known. */
export function healthMessage(health: Health, stored: HealthCause): Message | null {
  const { provider, healthFailure, keyDeletedAt, healthCause } = stored;
  if (health !== 'revoked' && health !== 'outage') return null;
  if (health === 'revoked' && isLossCause(healthFailure))
    return message('key-lost', { provider, cause: healthFailure, deletedAt: keyDeletedAt?.toISOString() ?? null });
  if (isKmsFailure(healthFailure)) return message('kms-failure', { provider, failure: healthFailure });
  return healthCause ? said(healthCause) : null;
}

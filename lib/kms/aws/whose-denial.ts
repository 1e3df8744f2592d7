/** Which denials of AWS may be the vendor's own fault. */
import type { AwsConnection } from '#lib/byok/aws/connection.ts';
import type { KmsFailureCode } from '#lib/byok/kms-failure.ts';
import type { Denials } from '../key-service.ts';
import { vendorAnsweredAt } from './vendor-identity.ts';

export const awsDenials: Denials<Reached> = {
  async areOurs({ failure }, connection, now) {
    switch (connection.auth.mode) {
      case 'assume-role':
        return looksLikeOurs.has(failure) && !isRecent(await vendorAnsweredAt(now, connection.key.region), now);
      case 'access-key':
        // The credentials are the customer's own.
        return false;
    }
  },
};

/** As whom we came, and where. */
type Reached = { auth: Pick<AwsConnection['auth'], 'mode'>; key: Pick<AwsConnection['key'], 'region'> };

/**
 * Denials that a fault of our own identity looks exactly like. What KMS denies is none: there we are the customer's own role
 * already. What STS denies of ours by name has a code of its own.
 */
const looksLikeOurs: ReadonlySet<KmsFailureCode> = new Set(['assume-role-denied', 'unrecognized-client']);

/** A denial is believed only while our own identity answered within this time. */
const believedMs = 60_000;

function isRecent(answeredAt: Date | undefined, now: Date): boolean {
  return answeredAt !== undefined && now.getTime() - answeredAt.getTime() <= believedMs;
}

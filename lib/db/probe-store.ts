import 'server-only';
import { db } from './client.ts';

export type ProbeClaim =
  /** Whoever holds the claim probes, and ends it. */
  | { claimed: true; claimId: string }
  /** Somebody else has it: `ended` with the answer written down, or under way still. */
  | { claimed: false; ended: boolean };

/**
 * Asks for the right to probe a key: one caller in `everySeconds` gets it, of whichever process, by the database's clock.
 * A claim that its process never ended is free again after the same time.
 */
export async function claimProbe(keyId: string, claimId: string, everySeconds: number): Promise<ProbeClaim> {
  const won = await db().$queryRaw<{ claimId: string }[]>`
    INSERT INTO key_probe AS p (key_id, claim_id, begun_at) VALUES (${keyId}::uuid, ${claimId}::uuid, clock_timestamp())
    ON CONFLICT (key_id) DO UPDATE SET claim_id = excluded.claim_id, begun_at = excluded.begun_at, ended_at = NULL
     WHERE p.begun_at <= excluded.begun_at - make_interval(secs => ${everySeconds})
    RETURNING claim_id AS "claimId"`;
  if (won.length > 0) return { claimed: true, claimId };
  const row = await db().keyProbe.findUnique({ where: { keyId }, select: { endedAt: true } });
  return { claimed: false, ended: row?.endedAt != null };
}

/** Says that the answer is written down; one that took so long that another has begun leaves that one's row alone. */
export async function endProbe(keyId: string, claimId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE key_probe SET ended_at = clock_timestamp() WHERE key_id = ${keyId}::uuid AND claim_id = ${claimId}::uuid`;
}

import 'server-only';
import { hash, verify } from '@node-rs/argon2';

/**
 * Argon2id with 19 MiB, 2 passes, 1 lane: OWASP Password Storage Cheat Sheet, minimum configuration.
 * The parameters are in the hash itself, so older ones stay verifiable when they grow.
 */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Characters that are looked at. */
export const longestPassword = 1_024;

export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

export async function verifyPassword(passwordHash: string, password: string): Promise<boolean> {
  try {
    return await verify(passwordHash, password);
  } catch {
    return false;
  }
}

let decoy: Promise<string> | undefined;

/** Takes as long as verifying, for an e-mail that nobody has: the answer's time does not say who exists. */
export async function verifyNobody(password: string): Promise<false> {
  decoy ??= hashPassword('nobody has this password');
  await verifyPassword(await decoy, password);
  return false;
}

import 'server-only';
import { randomBytes } from 'node:crypto';
import { dayFromNow, type PersonRecord } from '../db/person-store.ts';
import { hashPassword } from './password.ts';

export type OneTimePassword = {
  /** Told once, to whoever hands it over. */
  oneTimePassword: string;
  /** What is stored of it: for `createPerson`. */
  stored: Pick<PersonRecord, 'passwordHash' | 'mustChangePassword' | 'passwordEndsAt'> & { passwordEndsAt: Date };
};

/** A password for somebody else, to be used once and within 24 hours: all that it opens is choosing another. */
export async function newOneTimePassword(): Promise<OneTimePassword> {
  const oneTimePassword = randomBytes(18).toString('base64url');
  const [passwordHash, passwordEndsAt] = await Promise.all([hashPassword(oneTimePassword), dayFromNow()]);
  return { oneTimePassword, stored: { passwordHash, mustChangePassword: true, passwordEndsAt } };
}

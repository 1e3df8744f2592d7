import 'server-only';
import { randomBytes } from 'node:crypto';
import { hashPassword } from './password.ts';

/** A password for somebody else to use once, with what is stored of it. 144 random bits, told once. */
export async function newOneTimePassword(): Promise<{ oneTimePassword: string; passwordHash: string }> {
  const oneTimePassword = randomBytes(18).toString('base64url');
  return { oneTimePassword, passwordHash: await hashPassword(oneTimePassword) };
}

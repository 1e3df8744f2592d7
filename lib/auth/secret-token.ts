import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

/** A fresh unguessable text of 256 random bits, URL-safe. */
export function newSecretToken(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/**
 * What is stored instead of it. A plain hash is enough: the text has 256 random bits, so there is nothing to guess.
 */
export function hashSecretToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

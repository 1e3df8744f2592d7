import 'server-only';
import { hkdfSync } from 'node:crypto';
import { getConfig } from '../config/config.ts';

/** A key of 32 bytes for one purpose alone, from NEXTAUTH_SECRET (RFC 5869). */
export function derivedKey(purpose: 'device cookie' | 'sign-in counts'): Buffer {
  return Buffer.from(hkdfSync('sha256', getConfig().nextAuthSecret, '', `keyward ${purpose}`, 32));
}

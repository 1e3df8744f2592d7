import type { Caller } from './identify.ts';

/** Who an Authorization header says is calling (RFC 6750, section 2.1). */
export function callerOf(authorization: string): Caller {
  const match = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization);
  return match?.[1] ? { kind: 'token', bearer: match[1] } : { kind: 'anonymous' };
}

import 'server-only';
import { cookies } from 'next/headers';
import { decode } from 'next-auth/jwt';
import { callerOf } from './bearer.ts';
import type { Caller } from './identify.ts';

/** What the request at hand brought along, for server components, actions and route handlers. Never throws. */
export async function currentCaller(): Promise<Caller> {
  const jar = await cookies();
  const secret = process.env.NEXTAUTH_SECRET;
  for (const name of ['__Secure-next-auth.session-token', 'next-auth.session-token']) {
    const value = jar.get(name)?.value;
    if (!value || !secret) continue;
    const token = await decode({ token: value, secret }).catch(() => null);
    if (typeof token?.sid === 'string') return { kind: 'session', sessionId: token.sid };
  }
  return { kind: 'anonymous' };
}

/** The bearer token of a service's request. */
export function bearerCaller(request: Request): Caller {
  return callerOf(request.headers.get('authorization') ?? '');
}

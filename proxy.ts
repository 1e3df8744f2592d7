import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, isFromOwnPage, securityHeaders } from './app/_shell/security-headers.ts';
import { isSecure, ownOrigin } from './lib/auth/own-address.ts';

/**
 * Stands before every page: a fresh nonce, the headers, and a check of where a change comes from. It authorises
 * nothing; operations do that themselves, whatever way a call came.
 */
export function proxy(request: NextRequest): NextResponse {
  const own = ownOrigin();
  if (
    !isFromOwnPage(
      { method: request.method, origin: request.headers.get('origin'), path: request.nextUrl.pathname },
      own,
    )
  ) {
    return new NextResponse('This request did not come from a page of Keyward.\n', { status: 403 });
  }

  const facts = {
    nonce: crypto.randomUUID(),
    https: isSecure(),
    development: process.env.NODE_ENV === 'development',
  };
  const headers = new Headers(request.headers);
  headers.set('x-nonce', facts.nonce);
  headers.set('x-keyward-path', pathOf(request));
  // Next.js compares the origin of an action with these: with our own address, whatever the request says of it.
  if (own) {
    headers.set('x-forwarded-host', new URL(own).host);
    headers.set('x-forwarded-proto', new URL(own).protocol.slice(0, -1));
  }
  // Next.js takes the nonce for its own scripts out of this.
  headers.set('content-security-policy', contentSecurityPolicy(facts));
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(securityHeaders(facts))) response.headers.set(name, value);
  return response;
}

/** Where sign-in is to come back to; layouts are not told their address in any other way. */
function pathOf(request: NextRequest): string {
  const search = new URLSearchParams(request.nextUrl.search);
  search.delete('_rsc');
  return request.nextUrl.pathname + (search.size > 0 ? `?${search}` : '');
}

export const config = { matcher: ['/((?!_next/static).*)'] };

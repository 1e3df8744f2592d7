import 'server-only';
import { randomUUID } from 'node:crypto';
import type { NextAuthOptions } from 'next-auth';
import credentialsProvider from 'next-auth/providers/credentials';
import { getConfig } from '../config/config.ts';
import { logOften } from '../config/log-often.ts';
import { peerHeader } from '../config/peer-header.ts';
import { deviceLifetimeMs } from './device-cookie.ts';
import { sessionLifetimeMs } from './identify.ts';
import { cookieOptions, deviceCookieName, isSecure, readCookie } from './own-address.ts';
import { longestPassword } from './password.ts';
import { signIn, signOut } from './sign-in.ts';
import { type SignInRequest, signInRequest, withSignInRequest } from './sign-in-request.ts';
import { sourceOf } from './source.ts';

// The package is CommonJS: bundlers hand over the function, plain Node an object that holds it.
const credentials =
  (credentialsProvider as unknown as { default?: typeof credentialsProvider }).default ?? credentialsProvider;

/**
 * next-auth keeps the signed, HTTP-only cookie and guards it against forged posts. The token in it names a session of
 * ours and nothing else; who that is, and whether it still is, the database says at each operation.
 */
export const nextAuthOptions: NextAuthOptions = {
  session: { strategy: 'jwt', maxAge: sessionLifetimeMs / 1000 },
  pages: { signIn: '/sign-in' },
  // NEXTAUTH_URL alone decides, whatever a request says of itself.
  useSecureCookies: isSecure(),
  providers: [
    credentials({
      name: 'Keyward',
      credentials: { email: { label: 'Email', type: 'email' }, password: { label: 'Password', type: 'password' } },
      async authorize(given) {
        if (!given?.email || !given.password) return null;
        const requestId = randomUUID();
        const request = signInRequest();
        const result = await signIn({
          email: given.email,
          password: given.password.slice(0, longestPassword),
          source: sourceOf(
            { peer: request.headers.get(peerHeader), forwardedFor: request.headers.get('x-forwarded-for') },
            getConfig().trustedProxies,
          ),
          deviceCookie: readCookie(request.headers.get('cookie'), deviceCookieName()),
          requestId,
        }).catch((error: unknown) => {
          // next-auth hands an error's own message to the browser; that one must say nothing of us.
          logOften('sign-in failed', { requestId, fields: { err: error } }, 'sign-in failed');
          throw new Error('unavailable');
        });
        switch (result.kind) {
          case 'done':
            request.deviceCookie = result.deviceCookie;
            return { id: result.sessionId };
          case 'wrong-credentials':
            return null;
          case 'too-many-requests':
            request.retryAfterSeconds = result.retryAfterSeconds;
            throw new Error(`${result.kind}:${result.retryAfterSeconds}`);
          case 'password-ended':
            throw new Error(result.kind);
        }
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
    // What scripts in the page may ask for says nothing but when the session ends.
    session: ({ session }) => ({ expires: session.expires }),
    redirect: ({ url, baseUrl }) =>
      url.startsWith('/') && !url.startsWith('//') ? `${baseUrl}${url}` : url.startsWith(`${baseUrl}/`) ? url : baseUrl,
  },
  events: {
    async signOut({ token }) {
      if (typeof token?.sid === 'string') await signOut(token.sid);
    },
  },
};

/**
 * Lets next-auth answer, and adds what it cannot say: the device cookie of whoever has signed in, and 429 with Retry-After for
 * whoever tries too often.
 */
export async function answerAuth(request: Request, nextAuth: () => Promise<Response>): Promise<Response> {
  const signIn: SignInRequest = { headers: request.headers };
  const answer = await withSignInRequest(signIn, nextAuth);
  if (signIn.retryAfterSeconds !== undefined) {
    const headers = new Headers(answer.headers);
    headers.set('retry-after', String(signIn.retryAfterSeconds));
    return new Response(answer.body, { status: 429, headers });
  }
  if (signIn.deviceCookie === undefined) return answer;
  const headers = new Headers(answer.headers);
  headers.append('set-cookie', deviceCookieHeader(signIn.deviceCookie));
  return new Response(answer.body, { status: answer.status, headers });
}

function deviceCookieHeader(value: string): string {
  const { path, secure } = cookieOptions();
  const seconds = deviceLifetimeMs / 1_000;
  return `${deviceCookieName()}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

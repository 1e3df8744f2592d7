import 'server-only';
import { randomUUID } from 'node:crypto';
import type { NextAuthOptions } from 'next-auth';
import credentialsProvider from 'next-auth/providers/credentials';
import { log } from '../config/log.ts';
import { sessionLifetimeMs } from './identify.ts';
import { signIn, signOut } from './sign-in.ts';

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
  providers: [
    credentials({
      name: 'Keyward',
      credentials: { email: { label: 'Email', type: 'email' }, password: { label: 'Password', type: 'password' } },
      async authorize(given) {
        if (!given?.email || !given.password) return null;
        const requestId = randomUUID();
        try {
          const sessionId = await signIn(given.email, given.password.slice(0, 1_024), requestId);
          return sessionId ? { id: sessionId } : null;
        } catch (error) {
          // next-auth hands an error's own message to the browser; that one must say nothing of us.
          log().error({ err: error, requestId }, 'sign-in failed');
          throw new Error('unavailable');
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

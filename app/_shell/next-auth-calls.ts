'use client';

import type { signIn as SignIn, signOut as SignOut } from 'next-auth/react';

/** next-auth’s own calls. Its code is loaded with the first of them: no page needs it before somebody signs in or out. */
export const signIn = (async (...given: Parameters<typeof SignIn>) =>
  (await import('next-auth/react')).signIn(...given)) as typeof SignIn;

export const signOut = (async (...given: Parameters<typeof SignOut>) =>
  (await import('next-auth/react')).signOut(...given)) as typeof SignOut;

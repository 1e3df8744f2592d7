import nextAuth from 'next-auth';
import { nextAuthOptions } from '#lib/auth/next-auth-options.ts';

const handler = nextAuth(nextAuthOptions);

export { handler as GET, handler as POST };

import nextAuth from 'next-auth';
import { answerAuth, nextAuthOptions } from '#lib/auth/next-auth-options.ts';

const handler = nextAuth(nextAuthOptions);
type Context = { params: Promise<{ nextauth: string[] }> };

export const GET = (request: Request, context: Context) => answerAuth(request, () => handler(request, context));
export const POST = GET;

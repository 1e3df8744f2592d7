import 'server-only';
import { deviceLifetimeMs } from './device-cookie.ts';
import { cookieOptions, deviceCookieName } from './own-address.ts';
import { type SignInRequest, withSignInRequest } from './sign-in-request.ts';

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

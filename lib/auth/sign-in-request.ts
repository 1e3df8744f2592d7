import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';

/** The request that next-auth answers, for what it does not hand on: where it came from, and more to say in the answer. */
export type SignInRequest = {
  headers: Headers;
  /** To be told the browser with the answer. */
  deviceCookie?: string;
  retryAfterSeconds?: number;
};

const requests = new AsyncLocalStorage<SignInRequest>();

/** The request at hand. Outside of one: nothing is known of where it comes from. */
export function signInRequest(): SignInRequest {
  return requests.getStore() ?? { headers: new Headers() };
}

export function withSignInRequest<T>(request: SignInRequest, answer: () => Promise<T>): Promise<T> {
  return requests.run(request, answer);
}

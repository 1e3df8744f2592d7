/** What a tenant is told that asks more than it may. */
export function tooFast(retryAfterMs: number, message = 'This tenant asks for more in a second than it may.') {
  return { retryAfterMs, message, next: 'Wait as long as Retry-After says, then send it again.' };
}

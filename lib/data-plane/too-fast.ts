/** What a tenant is told that asks more than it may. */
export function tooFast(retryAfterMs: number, message = 'This tenant sends too many requests per second.') {
  return { retryAfterMs, message, next: 'Wait for the time in Retry-After, then send it again.' };
}

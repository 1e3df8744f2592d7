// Only the base's own origin counts, so it may be any that nobody else has.
const base = 'http://keyward.invalid';

/** A path of our own to go on to, or null for anything that would lead elsewhere, or back to sign-in, or to no page. */
export function safePath(next: unknown): string | null {
  if (typeof next !== 'string' || !next.startsWith('/') || !URL.canParse(next, base)) return null;
  const url = new URL(next, base);
  if (url.origin !== base) return null;
  // Dots and backslashes are resolved by now; what is left must not begin like the address of another host.
  if (url.pathname.startsWith('//') || /^\/(api|sign-in)(\/|$)/.test(url.pathname)) return null;
  return url.pathname + url.search + url.hash;
}

/**
 * Where browsers find this installation: NEXTAUTH_URL and nothing else says so. Read from the environment each time, since
 * this is asked where the rest of the configuration is not loaded.
 */
export function ownOrigin(): string {
  const url = process.env.NEXTAUTH_URL ?? '';
  return URL.canParse(url) ? new URL(url).origin : '';
}

/** Reached by https, cookies are for https alone. */
export function isSecure(): boolean {
  return ownOrigin().startsWith('https:');
}

/** The one name under which a session is accepted. A browser takes `__Secure-` over https alone (RFC 6265bis, 4.1.3). */
export function sessionCookieName(): string {
  return `${isSecure() ? '__Secure-' : ''}next-auth.session-token`;
}

export function deviceCookieName(): string {
  return `${isSecure() ? '__Host-' : ''}keyward-device`;
}

/** As next-auth writes its own. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const;
}

/** Of a Cookie header. A browser never sends two of a name that it was told with `__Host-`; elsewhere the first counts. */
export function readCookie(header: string | null, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

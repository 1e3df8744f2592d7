/**
 * What every page says to the browser about itself. Scripts and styles run only with the nonce of this very answer;
 * style attributes are allowed, since components position things by them and they cannot load or run anything.
 * https://nextjs.org/docs/app/guides/content-security-policy
 */
export type HeaderFacts = {
  nonce: string;
  /** Keyward is reached by https, so that the browser may be told to use nothing else. */
  https: boolean;
  /** React's development build evaluates strings; the production build never does. */
  development: boolean;
};

export function contentSecurityPolicy({ nonce, https, development }: HeaderFacts): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

export function securityHeaders(facts: HeaderFacts): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(facts),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self)',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(facts.https ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

/**
 * Whether a request that may change something comes from one of our own pages, which is what NEXTAUTH_URL says and not what the
 * request says of its host. A browser names the origin of every such request (https://fetch.spec.whatwg.org/#origin-header);
 * without one, it was not sent by a page of ours. Sign-in and sign-out carry a token of their own against forged posts, so
 * that they need no origin; a foreign one is refused there too.
 */
export function isFromOwnPage(
  request: { method: string; origin: string | null; path: string },
  ownOrigin: string,
): boolean {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return true;
  if (request.origin === null) return request.path.startsWith('/api/auth/');
  return ownOrigin !== '' && request.origin === ownOrigin;
}

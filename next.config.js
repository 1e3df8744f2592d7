/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // A title that names a key is waited for: else the head is sent without icon and title, and both come after the page.
  htmlLimitedBots: /.*/,
  // `npm test` and `npm run check` look at all types, tests and commands included; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Native or worker-spawning packages stay ordinary node modules; everything else is bundled.
  serverExternalPackages: ['@node-rs/argon2', 'pg', 'pg-boss', 'pino', '@prisma/client', '@prisma/adapter-pg'],
  // Pages get their headers, with a nonce of their own, in proxy.ts; these are for what does not pass there.
  headers: async () => [
    { source: '/api/:path*', headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }] },
    { source: '/_next/static/:path*', headers: [{ key: 'X-Content-Type-Options', value: 'nosniff' }] },
  ],
  // The front server (lib/front) lets through no body that is larger: nothing is cut off silently here.
  experimental: { serverActions: { bodySizeLimit: '2mb' }, proxyClientMaxBodySize: '2mb' },
  // No image of ours needs to be made smaller: the route that would do it, for anybody, is not there.
  images: { unoptimized: true },
};

export default config;

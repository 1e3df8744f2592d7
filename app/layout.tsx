import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { anyWords } from '#lib/byok/providers.ts';
import { AwsBanner } from './_shell/aws-banner.tsx';
import { titleWithin } from './_shell/titles.ts';
import './globals.css';
import { Providers } from './providers.tsx';

const geist = localFont({
  src: './_font/geist-latin.woff2',
  variable: '--font-geist-sans',
  weight: '400 700',
});

export const metadata: Metadata = {
  title: titleWithin(),
  description: `Bring your own key: your data, under a key that stays in ${anyWords.ownPlace}.`,
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? '';
  return (
    // next-themes writes the theme onto <html> before React looks at it.
    <html className={geist.variable} lang="en" suppressHydrationWarning>
      <body className="min-h-dvh bg-bg font-sans text-ink antialiased">
        <Providers nonce={nonce} renderedAt={Date.now()}>
          <AwsBanner />
          {children}
        </Providers>
      </body>
    </html>
  );
}

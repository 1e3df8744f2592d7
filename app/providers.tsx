'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { RenderedAt } from '#components/ui/rendered-at.ts';
import { ToastProvider } from '#components/ui/toast.tsx';

type ProvidersProps = { nonce: string; renderedAt: number; children: ReactNode };

/** What components in the browser lean on. `nonce` is this answer's; Base UI's style elements are in globals.css. */
export function Providers({ nonce, renderedAt, children }: ProvidersProps) {
  // In state, so that no two people's pages on the server ever share one.
  const [queries] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1 } } }));
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" disableTransitionOnChange enableSystem nonce={nonce}>
      <CSPProvider disableStyleElements nonce={nonce}>
        <QueryClientProvider client={queries}>
          <RenderedAt value={renderedAt}>
            <NuqsAdapter>
              <ToastProvider>{children}</ToastProvider>
            </NuqsAdapter>
          </RenderedAt>
        </QueryClientProvider>
      </CSPProvider>
    </ThemeProvider>
  );
}

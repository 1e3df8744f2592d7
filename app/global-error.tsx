'use client';

import { PageFailure, type PageFailureProps } from './_shell/page-failure.tsx';
import './globals.css';

/** Stands in for the whole page, layout included, so it leans on nothing that the layout provides. */
export default function GlobalError(props: PageFailureProps) {
  return (
    <html lang="en">
      <body className="min-h-dvh bg-bg font-sans text-ink">
        <title>This page could not be shown · Keyward</title>
        <main className="mx-auto max-w-xl px-4 py-16">
          <PageFailure {...props} />
        </main>
      </body>
    </html>
  );
}

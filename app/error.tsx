'use client';

import { PageFailure, type PageFailureProps } from './_shell/page-failure.tsx';

export default function RootError(props: PageFailureProps) {
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <PageFailure {...props} />
    </main>
  );
}

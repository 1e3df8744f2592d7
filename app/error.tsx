'use client';

import { Brand } from './_shell/brand.tsx';
import { PageFailure, type PageFailureProps } from './_shell/page-failure.tsx';

export default function RootError(props: PageFailureProps) {
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <div className="mb-8">
        <Brand />
      </div>
      <PageFailure {...props} />
    </main>
  );
}

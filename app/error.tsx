'use client';

import { Trouble, type TroubleProps } from './_shell/trouble.tsx';

export default function RootError(props: TroubleProps) {
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <Trouble {...props} />
    </main>
  );
}

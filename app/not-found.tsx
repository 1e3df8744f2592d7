import type { Metadata } from 'next';
import { Brand } from './_shell/brand.tsx';
import { currentMe } from './_shell/current-me.ts';
import { NothingHere } from './_shell/nothing-here.tsx';
import { Shell } from './_shell/shell.tsx';

export const metadata: Metadata = { title: 'Page not found' };

/** For addresses that no page has: with the navigation for somebody who is signed in. */
export default async function NotFound() {
  const me = await currentMe();
  if (me.ok && !me.data.mustChangePassword) {
    return (
      <Shell roles={[me.data.role]}>
        <NothingHere />
      </Shell>
    );
  }
  return (
    <main className="mx-auto max-w-xl px-4 py-16">
      <div className="mb-8">
        <Brand />
      </div>
      <NothingHere />
    </main>
  );
}

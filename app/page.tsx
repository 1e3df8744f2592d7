import { redirect } from 'next/navigation';
import { currentMe } from './_shell/current-me.ts';
import { landingPath } from './_shell/roles.ts';

/** Nothing of its own here: everybody goes to the page of their role. */
export default async function HomePage() {
  const me = await currentMe();
  redirect(me.ok ? landingPath(me.data.role) : '/sign-in');
}

import 'server-only';
import type { Metadata } from 'next';
import { currentCaller } from '#lib/auth/current-caller.ts';
import type { NamedKind } from '#lib/byok/name-views.ts';
import { readName } from '#lib/operations/names/read-name.ts';
import { currentMe } from './current-me.ts';
import { titleWithin } from './titles.ts';

/** For pages about one thing: its name, its section and its tenant. Who may not open the page reads nothing of it in the title. */
export async function titleOf(kind: NamedKind, id: string, section: string): Promise<Metadata> {
  const me = await currentMe();
  const mayOpen = me.ok && (kind === 'tenant') === (me.data.tenant === null);
  if (!mayOpen) return { title: titleWithin(section) };
  const workplace = me.data.tenant ? [me.data.tenant.name] : [];
  const named = await readName(await currentCaller(), { kind, id });
  if (named.ok) return { title: titleWithin(named.data.name, section, ...workplace) };
  const isGone = named.error.code === 'not-found' || named.error.code === 'invalid-input';
  return { title: titleWithin(isGone ? 'Page not found' : section, ...workplace) };
}

/** For all other pages of a tenant. */
export async function titleOfTenant(): Promise<Metadata> {
  const me = await currentMe();
  return { title: me.ok && me.data.tenant ? titleWithin(me.data.tenant.name) : titleWithin() };
}

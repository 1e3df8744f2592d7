import type { FoundName } from '#lib/byok/name-views.ts';

/** One line of the search: where it leads, what it is called, and what tells it from others. */
export type FoundLine = { href: string; label: string; detail: string };
export type FoundGroup = { label: string; items: FoundLine[] };

type Page = { href: string; label: string };

/**
 * What was found, in groups: those first in which something is called so, then those in which a description alone says it. A group in
 * which there is nothing is left out.
 */
export function groupsOf(found: readonly FoundName[], pages: readonly Page[], text: string): FoundGroup[] {
  const wanted = text.trim().toLowerCase();
  const ofKinds = (...kinds: FoundName['kind'][]) => found.filter(({ kind }) => kinds.includes(kind)).map(lineOf);
  const groups = [
    {
      label: 'Pages',
      items: pages
        .filter(({ label }) => label.toLowerCase().includes(wanted))
        .map(({ href, label }) => ({ href, label, detail: '' })),
    },
    { label: 'Tenants', items: ofKinds('tenant') },
    { label: 'Keys', items: ofKinds('key') },
    { label: 'Apps and bots', items: ofKinds('app', 'bot') },
  ].filter(({ items }) => items.length > 0);
  const isCalledSo = ({ items }: FoundGroup) => items.some(({ label }) => label.toLowerCase().includes(wanted));
  return [...groups.filter(isCalledSo), ...groups.filter((group) => !isCalledSo(group))];
}

function lineOf({ kind, id, name, detail }: FoundName): FoundLine {
  return { href: `${pathsOf[kind]}/${id}`, label: name, detail: isMeaningless(detail) ? '' : detail };
}

const pathsOf = {
  tenant: '/tenants',
  key: '/enterprise-key',
  app: '/apps',
  bot: '/apps',
} as const satisfies Record<FoundName['kind'], string>;

/** A reference that nobody gave is a random ID. */
function isMeaningless(detail: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(detail);
}

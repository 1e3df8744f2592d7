import type { KeySummary } from '#lib/byok/key-views.ts';

/** Keys whose alias, description, reference or status contains what was typed, regardless of case. */
export function matchingKeys(keys: KeySummary[], search: string): KeySummary[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return keys;
  return keys.filter(({ alias, description, keyRef, status }) =>
    [alias, description, keyRef ?? '', status].some((text) => text.toLowerCase().includes(wanted)),
  );
}

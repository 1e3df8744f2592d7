'use client';

import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';

/**
 * Search text and page of one table, kept in the address under the table's own names, so that a reload or a sent link
 * shows the same rows. Pages count from 1. Changing the search goes back to the first page.
 */
export function useTableParams(table: string) {
  // Shallow, as it is by itself: the server is not asked for the whole page at each key stroke.
  const [{ search, page }, set] = useQueryStates(
    { search: parseAsString.withDefault(''), page: parseAsInteger.withDefault(1) },
    { urlKeys: { search: `${table}-search`, page: `${table}-page` } },
  );
  return {
    search,
    page: Math.max(1, page),
    setSearch: (text: string) => void set({ search: text, page: 1 }),
    setPage: (number: number) => void set({ page: number }),
  };
}

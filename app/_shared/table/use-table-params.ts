'use client';

import { useSearchParams } from 'next/navigation';

/**
 * Search text and page of one table, kept in the address under the table's own names, so that a reload or a sent link
 * shows the same rows. Pages count from 1. Changing the search goes back to the first page.
 */
export function useTableParams(table: string) {
  const params = useSearchParams();
  const searchName = `${table}-search`;
  const pageName = `${table}-page`;

  const write = (changes: Record<string, string>) => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    // Not router.replace: that would ask the server for the whole page at each key stroke.
    window.history.replaceState(null, '', `${window.location.pathname}${query === '' ? '' : `?${query}`}`);
  };

  return {
    search: params.get(searchName) ?? '',
    page: Math.max(1, Number.parseInt(params.get(pageName) ?? '1', 10) || 1),
    setSearch: (search: string) => write({ [searchName]: search, [pageName]: '' }),
    setPage: (page: number) => write({ [pageName]: page === 1 ? '' : String(page) }),
  };
}

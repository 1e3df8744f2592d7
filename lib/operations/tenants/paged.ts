import type { PagedRows } from '../../byok/vendor-views.ts';

export const rowsOnPage = 50;

/** One page of a list; a page past the last one is the last. */
export async function paged<Row>(
  page: number,
  list: (page: { skip: number; take: number }) => Promise<{ total: number; rows: Row[] }>,
): Promise<PagedRows<Row>> {
  const asked = await list({ skip: (page - 1) * rowsOnPage, take: rowsOnPage });
  const pages = Math.max(1, Math.ceil(asked.total / rowsOnPage));
  if (page <= pages) return { ...asked, page, pages };
  return { ...(await list({ skip: (pages - 1) * rowsOnPage, take: rowsOnPage })), page: pages, pages };
}

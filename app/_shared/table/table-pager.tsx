'use client';

import { Button } from '#components/ui/button.tsx';
import { formatCount } from '#lib/byok/format.ts';
import { type PageOf, rowsPerPage } from './paging.ts';

type TablePagerProps = { page: PageOf<unknown>; label: string; onPage: (page: number) => void };

/** Which rows of a long table are shown, and the way to the others; nothing for a table that fits on one page. */
export function TablePager({ page, label, onPage }: TablePagerProps) {
  if (page.total <= rowsPerPage) return null;
  return (
    <nav aria-label={`Pages of ${label}`} className="mt-3 flex flex-wrap items-start gap-2.5">
      <Button
        disabledReason={page.page === 1 ? 'This is the first page.' : null}
        onClick={() => onPage(page.page - 1)}
        size="small"
      >
        Previous page
      </Button>
      <Button
        disabledReason={page.page === page.pages ? 'This is the last page.' : null}
        onClick={() => onPage(page.page + 1)}
        size="small"
      >
        Next page
      </Button>
      <p className="py-1 text-ink-2" role="status">
        {formatCount(page.first)} to {formatCount(page.last)} of {formatCount(page.total)}
      </p>
    </nav>
  );
}

import Link from 'next/link';
import { formatCount } from '#lib/byok/format.ts';
import type { PagedRows } from '#lib/byok/vendor-views.ts';

type PageLinksProps = { paged: PagedRows<unknown>; label: string; address: (page: number) => string };

/** The way to the other pages of a list; nothing where there is one. Not fetched ahead: each look is in the tenant's history. */
export function PageLinks({ paged, label, address }: PageLinksProps) {
  const { page, pages, total } = paged;
  if (pages === 1) return null;
  return (
    <nav aria-label={`Pages of ${label}`} className="mt-3 flex flex-wrap items-center gap-4">
      {page > 1 ? (
        <Link className="link" href={address(page - 1)} prefetch={false} scroll={false}>
          Previous
        </Link>
      ) : null}
      <span className="text-ink-2">
        Page {page} of {pages}, {formatCount(total)} in all
      </span>
      {page < pages ? (
        <Link className="link" href={address(page + 1)} prefetch={false} scroll={false}>
          Next
        </Link>
      ) : null}
    </nav>
  );
}

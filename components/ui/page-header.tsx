import Link from 'next/link';
import type { ReactNode } from 'react';

export type Crumb = { label: string; href?: string };

type PageHeaderProps = {
  title: ReactNode;
  /** Where the page lies, from the outside in; the last one without `href` may name its section. */
  crumbs?: readonly Crumb[];
  /** The status badge, beside the title. */
  status?: ReactNode;
  /** One line below the title. */
  subtitle?: ReactNode;
  actions?: ReactNode;
};

/** The one `h1` of a page. */
export function PageHeader({ title, crumbs = [], status, subtitle, actions }: PageHeaderProps) {
  return (
    <header className="mb-5">
      {crumbs.length > 0 ? <Crumbs crumbs={crumbs} /> : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="flex min-w-0 flex-1 basis-40 flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <h1 className="wrap-anywhere min-w-0 font-[620] text-[1.375rem] leading-tight tracking-[-0.022em] sm:text-2xl">
            {title}
          </h1>
          {status}
        </div>
        {actions ? <div className="flex flex-wrap items-start gap-2.5 print:hidden">{actions}</div> : null}
      </div>
      {subtitle ? <p className="mt-1 max-w-[54em] text-ink-2">{subtitle}</p> : null}
    </header>
  );
}

/** Where a page lies. */
export function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-1.5 print:hidden">
      <ol className="flex flex-wrap gap-x-2 text-[0.8125rem] text-ink-2">
        {crumbs.map(({ label, href }, index) => (
          <li className="wrap-anywhere flex min-w-0 gap-x-2" key={label}>
            {index > 0 ? (
              <span aria-hidden="true" className="text-ink-3">
                /
              </span>
            ) : null}
            {href ? (
              <Link className="no-underline hover:underline" href={href}>
                {label}
              </Link>
            ) : (
              label
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

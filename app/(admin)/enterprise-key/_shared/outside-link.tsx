import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';

/** Opens a page of a provider (in the demo: of the simulated AWS) in a tab of its own, so that nothing here is left. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className="link inline-flex items-center gap-1" href={href} rel="noreferrer" target="_blank">
      {children}
      <ExternalLink aria-hidden="true" className="size-3.5" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}

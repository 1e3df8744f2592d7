'use client';

import { ExternalLink } from 'lucide-react';
import { Sheet } from '#components/ui/sheet.tsx';
import { glossary, type Term, terms } from '#lib/byok/glossary.ts';
import type { ProviderDeclaration } from '#lib/byok/provider-declaration.ts';
import { capital, providerList } from '#lib/byok/providers.ts';

type GlossarySheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void /** The word that was asked about. */;
  term?: Term;
};

/** What the words of the console mean: the one that was asked about first. */
export function GlossarySheet({ open, onOpenChange, term }: GlossarySheetProps) {
  const others = terms.filter((one) => one !== term);
  return (
    <Sheet onOpenChange={onOpenChange} open={open} title={term ? capital(term) : 'Glossary'}>
      {term ? (
        <>
          <Meaning term={term} />
          <h3 className="mt-6 mb-1 border-line border-t pt-4 font-medium text-ink-3 text-xs">Other words</h3>
        </>
      ) : null}
      <dl className="space-y-3.5">
        {others.map((one) => (
          <div key={one}>
            <dt className="font-[550]">{capital(one)}</dt>
            <dd className="text-ink-2">
              <Meaning term={one} />
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}

function Meaning({ term }: { term: Term }) {
  const links = providerList.flatMap(({ glossary: own }: ProviderDeclaration) => own?.[term] ?? []);
  return (
    <>
      <p>{capital(glossary[term]).replaceAll('`', '')}.</p>
      {links.map(({ label, href }) => (
        <p className="mt-0.5 text-[0.8125rem]" key={href}>
          <a className="link inline-flex items-center gap-1" href={href} rel="noreferrer" target="_blank">
            {label}
            <ExternalLink aria-hidden="true" className="size-3" />
            <span className="sr-only"> (opens in a new tab)</span>
          </a>
        </p>
      ))}
    </>
  );
}
